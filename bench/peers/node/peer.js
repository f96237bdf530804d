// SPDX-License-Identifier: MIT
// usage: TZ=Europe/Berlin node peer.js dayjs|moment FOLDER
'use strict';

const fs = require('fs');
const path = require('path');

const SECONDS_A_ROUND = 0.3;
const SECONDS_A_SLICE = 0.002;
const ROUNDS = 3;
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

function clamp(value, least, most) {
    return Math.max(least, Math.min(most, Math.floor(value)));
}

// Seconds a question, and the answers. Seconds are those that passed or those of the processor, whichever are fewer.
function timed(ask, questions) {
    const start = process.hrtime.bigint();
    const processorStart = process.cpuUsage();
    const answers = questions.map(ask);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const { user, system } = process.cpuUsage(processorStart);
    return { seconds: Math.min(seconds, (user + system) / 1e6) / questions.length, answers };
}

function median(values) {
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

// Prints the median of short slices, and all answers. Edges are not timed.
function measure(question, ask, asNumber) {
    const { seconds } = timed(ask, inputs.slice(0, 3));
    const size = clamp(SECONDS_A_SLICE / seconds, 1, inputs.length);
    const count = clamp(SECONDS_A_ROUND / seconds, 5, inputs.length);
    const slices = [];
    for (let round = 0; round < ROUNDS; round++) {
        for (let first = 0; first < count; first += size) {
            slices.push(timed(ask, inputs.slice(first, Math.min(first + size, count))));
        }
    }
    say('microseconds', question, count, (median(slices.map((slice) => slice.seconds)) * 1e6).toFixed(6));
    const answers = slices.slice(0, slices.length / ROUNDS).flatMap((slice) => slice.answers);
    answers.forEach((answer, row) => say('answer', question, row, asNumber(answer)));
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
