#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# usage: TZ=Europe/Berlin business_hours.pl FOLDER
use strict;
use warnings;

use Business::Hours;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID);

my $SECONDS_A_ROUND = 0.3;
my $SECONDS_A_SLICE = 0.002;
my $ROUNDS = 3;
my ($folder) = @ARGV;

sub read_lines {
    my ($name) = @_;
    open my $file, '<', "$folder/$name" or die "$folder/$name: $!\n";
    chomp(my @lines = <$file>);
    return @lines;
}

sub say_fields {
    print join("\t", @_), "\n";
}

sub read_instants {
    my ($heading, @lines) = read_lines(@_);
    return map { (split /,/)[0] } @lines;
}

my @instants = read_instants('inputs.csv');
my @edges = read_instants('edges.csv');

my $hours = Business::Hours->new();
my %open = (Start => '9:00', End => '18:00');
$hours->business_hours(
    0 => {Name => 'Sunday', Start => undef, End => undef},
    (map { $_ => {Name => "Day $_", %open} } 1 .. 5),
    6 => {Name => 'Saturday', Start => undef, End => undef},
);
$hours->holidays(read_lines('holidays.txt'));

sub clamp {
    my ($value, $least, $most) = @_;
    return int($value < $least ? $least : $value > $most ? $most : $value);
}

# Seconds a question, and the answers. Seconds are those that passed or those of the processor, whichever are fewer.
sub timed {
    my ($ask, @questions) = @_;
    my @clocks = (CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID);
    my @starts = map { clock_gettime($_) } @clocks;
    my @answers = map { $ask->($_) } @questions;
    my ($passed, $of_processor) = map { clock_gettime($clocks[$_]) - $starts[$_] } 0 .. 1;
    return [($passed < $of_processor ? $passed : $of_processor) / @questions, \@answers];
}

# Prints the median of short slices, and all answers. Edges are not timed.
sub measure {
    my ($question, $ask) = @_;
    my $seconds = timed($ask, @instants[0 .. 2])->[0];
    my $size = clamp($SECONDS_A_SLICE / $seconds, 1, scalar @instants);
    my $count = clamp($SECONDS_A_ROUND / $seconds, 5, scalar @instants);
    my @slices;
    for (1 .. $ROUNDS) {
        for (my $first = 0; $first < $count; $first += $size) {
            push @slices, timed($ask, @instants[$first .. clamp($first + $size, 1, $count) - 1]);
        }
    }
    my @sorted = sort { $a <=> $b } map { $_->[0] } @slices;
    say_fields('microseconds', $question, $count, sprintf('%.6f', $sorted[@sorted / 2] * 1e6));
    my @answers = map { @{$_->[1]} } @slices[0 .. @slices / $ROUNDS - 1];
    say_fields('answer', $question, $_, $answers[$_]) for 0 .. $#answers;
    say_fields('edge', $question, $_, $ask->($edges[$_])) for 0 .. $#edges;
}

# The set of a span is made anew for each question, as a program does whose requests lie in different months.
sub elapsed {
    my ($from, $until) = @_;
    $hours->for_timespan(Start => $from, End => $until);
    return $hours->between($from, $until);
}

say_fields('peer', 'Business::Hours');
say_fields('version', $Business::Hours::VERSION);
say_fields('note', 'says -1 when the answer is more than 30 days away');
measure('add_24h', sub { $hours->add_seconds($_[0], 24 * 3600) });
measure('add_2000h', sub { $hours->add_seconds($_[0], 2000 * 3600) });
measure('elapsed_30d', sub { elapsed($_[0], $_[0] + 30 * 86400) });
measure('elapsed_5y', sub { elapsed($_[0], $_[0] + 157788000) });
