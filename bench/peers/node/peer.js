// SPDX-License-Identifier: MIT
// usage: TZ=Europe/Berlin node peer.js dayjs|moment FOLDER
'use strict';

const fs = require('fs');
const path = require('path');

const SECONDS_A_ROUND = 0.3;
const ROUNDS = 5;
const [library, folder] = process.argv.slice(2);

function readInputs(name) {
    const [heading, ...lines] = fs.readFileSync(path.join(folder, name), 'utf8').trim().split('\n');
    const column = heading.split(',').indexOf('at');
    return lines.map((line) => ({ at: Number(line.split(',')[column]) }));
}

const inputs = readInputs('inputs.csv');
const edges = readInputs('edges.csv');
const holidays = fs.readFileSync(path.join(folder, 'holidays.txt'), 'utf8').trim().split('\n');

function say(...fields) {
    process.stdout.write(fields.join('\t') + '\n');
}

function versionOf(name) {
    return JSON.parse(fs.readFileSync(path.join(path.dirname(require.resolve(name)), 'package.json'), 'utf8')).version;
}

function timedRound(ask, count) {
    const answers = [];
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
        answers.push(ask(inputs[i]));
    }
    return { seconds: Number(process.hrtime.bigint() - start) / 1e9, answers };
}

function measure(question, ask, asNumber) {
    const { seconds } = timedRound(ask, 3);
    const count = Math.max(5, Math.min(inputs.length, Math.floor(SECONDS_A_ROUND / (seconds / 3))));
    const rounds = Array.from({ length: ROUNDS }, () => timedRound(ask, count));
    const sorted = rounds.map((round) => round.seconds).sort((a, b) => a - b);
    say('microseconds', question, count, ((sorted[Math.floor(ROUNDS / 2)] / count) * 1e6).toFixed(6));
    rounds[0].answers.forEach((answer, row) => say('answer', question, row, asNumber(answer)));
    edges.map(ask).forEach((answer, row) => say('edge', question, row, asNumber(answer)));
}

function prepare(make) {
    for (const given of [...inputs, ...edges]) {
        given.stamp = make(given.at);
        given.in30Days = make(given.at + 30 * 86400);
        given.in5Years = make(given.at + 157788000);
    }
}

function dayjsBusinessTime() {
    const dayjs = require('dayjs');
    dayjs.extend(require('dayjs-business-time'));
    const open = [{ start: '09:00:00', end: '18:00:00' }];
    dayjs.setBusinessTime({ sunday: null, monday: open, tuesday: open, wednesday: open, thursday: open, friday: open, saturday: null });
    dayjs.setHolidays(holidays);
    prepare((at) => dayjs(at * 1000));
    say('peer', 'dayjs-business-time');
    say('version', require('dayjs-business-time/package.json').version);
    say('note', 'counts in minutes');
    measure('add_24h', (given) => given.stamp.addBusinessHours(24), (stamp) => stamp.unix());
    measure('add_2000h', (given) => given.stamp.addBusinessHours(2000), (stamp) => stamp.unix());
    measure('elapsed_30d', (given) => given.stamp.businessMinutesDiff(given.in30Days), (minutes) => minutes * 60);
    measure('elapsed_5y', (given) => given.stamp.businessMinutesDiff(given.in5Years), (minutes) => minutes * 60);
}

function momentBusinessTime() {
    const moment = require('moment-business-time');
    const open = ['09:00:00', '18:00:00'];
    moment.updateLocale('en', {
        workinghours: { 0: null, 1: open, 2: open, 3: open, 4: open, 5: open, 6: null },
        holidays,
    });
    prepare((at) => moment.unix(at));
    say('peer', 'moment-business-time');
    say('version', versionOf('moment-business-time'));
    say('note', '');
    measure('add_24h', (given) => given.stamp.clone().addWorkingTime(24, 'hours'), (stamp) => stamp.unix());
    measure('add_2000h', (given) => given.stamp.clone().addWorkingTime(2000, 'hours'), (stamp) => stamp.unix());
    measure('elapsed_30d', (given) => given.in30Days.workingDiff(given.stamp, 'seconds'), (seconds) => seconds);
    measure('elapsed_5y', (given) => given.in5Years.workingDiff(given.stamp, 'seconds'), (seconds) => seconds);
}

if (library === 'dayjs') {
    dayjsBusinessTime();
} else {
    momentBusinessTime();
}
