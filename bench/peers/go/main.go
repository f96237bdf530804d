// SPDX-License-Identifier: MIT
// usage: peer dates|rules FOLDER
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
)

const (
	roundSeconds = 0.3
	sliceSeconds = 0.002
	rounds       = 3
	thirtyDays   = 30 * 24 * time.Hour
	fiveYears    = 157788000 * time.Second
)

var output = bufio.NewWriter(os.Stdout)

func require(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func readLines(path string) []string {
	text, err := os.ReadFile(path)
	require(err)
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func readInstants(path string, berlin *time.Location) []time.Time {
	var instants []time.Time
	for _, line := range readLines(path)[1:] {
		at, err := strconv.ParseInt(line[:strings.IndexByte(line, ',')], 10, 64)
		require(err)
		instants = append(instants, time.Unix(at, 0).In(berlin))
	}
	return instants
}

// The holidays as a set of dates, which the library asks through its hook for work days.
func officeOfDates(folder string) *cal.BusinessCalendar {
	type date struct {
		year  int
		month time.Month
		day   int
	}
	closed := map[date]bool{}
	for _, line := range readLines(folder + "/holidays.txt") {
		day, err := time.Parse(time.DateOnly, line)
		require(err)
		closed[date{day.Year(), day.Month(), day.Day()}] = true
	}
	office := cal.NewBusinessCalendar()
	office.WorkdayFunc = func(day time.Time) bool {
		weekday := day.Weekday()
		return weekday != time.Saturday && weekday != time.Sunday && !closed[date{day.Year(), day.Month(), day.Day()}]
	}
	return office
}

// The same holidays by the library's own rules: those of Lower Saxony.
func officeOfRules() *cal.BusinessCalendar {
	office := cal.NewBusinessCalendar()
	office.Cacheable = true
	office.AddHoliday(de.HolidaysNI...)
	return office
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	require(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// Seconds a question, and the answers. Seconds are those that passed or those of the processor, whichever are fewer.
func timed(ask func(time.Time) int64, instants []time.Time) (float64, []int64) {
	answers := make([]int64, 0, len(instants))
	start, processorStart := time.Now(), processorTime()
	for _, at := range instants {
		answers = append(answers, ask(at))
	}
	passed := min(time.Since(start), processorTime()-processorStart)
	return passed.Seconds() / float64(len(instants)), answers
}

func clamp(value float64, least, most int) int {
	return min(max(int(value), least), most)
}

func sayAnswers(kind, question string, answers []int64) {
	for row, answer := range answers {
		fmt.Fprintf(output, "%s\t%s\t%d\t%d\n", kind, question, row, answer)
	}
}

// Prints the median of short slices, and all answers. Edges are not timed.
func measure(question string, instants, edges []time.Time, ask func(time.Time) int64) {
	probed, _ := timed(ask, instants[:3])
	size := clamp(sliceSeconds/probed, 1, len(instants))
	count := clamp(roundSeconds/probed, 5, len(instants))
	var times []float64
	var answers []int64
	for round := 0; round < rounds; round++ {
		answers = answers[:0]
		for first := 0; first < count; first += size {
			seconds, some := timed(ask, instants[first:min(first+size, count)])
			times = append(times, seconds)
			answers = append(answers, some...)
		}
	}
	sort.Float64s(times)
	fmt.Fprintf(output, "microseconds\t%s\t%d\t%.6f\n", question, count, times[len(times)/2]*1e6)
	sayAnswers("answer", question, answers)
	_, answers = timed(ask, edges)
	sayAnswers("edge", question, answers)
}

func version() string {
	build, _ := debug.ReadBuildInfo()
	for _, module := range build.Deps {
		if module.Path == "github.com/rickar/cal/v2" {
			return module.Version
		}
	}
	return "unknown"
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: peer dates|rules FOLDER")
		os.Exit(2)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	require(err)
	folder := os.Args[2]
	office, name := officeOfDates(folder), "rickar/cal, holidays in a map"
	if os.Args[1] == "rules" {
		office, name = officeOfRules(), "rickar/cal, holidays as 10 rules"
	}
	office.SetWorkHours(9*time.Hour, 18*time.Hour)
	instants := readInstants(folder+"/inputs.csv", berlin)
	edges := readInstants(folder+"/edges.csv", berlin)
	fmt.Fprintf(output, "peer\t%s\nversion\t%s\nnote\t\n", name, version())
	measure("add_24h", instants, edges, func(at time.Time) int64 { return office.AddWorkHours(at, 24*time.Hour).Unix() })
	measure("add_2000h", instants, edges, func(at time.Time) int64 { return office.AddWorkHours(at, 2000*time.Hour).Unix() })
	measure("elapsed_30d", instants, edges, func(at time.Time) int64 {
		return int64(office.WorkHoursInRange(at, at.Add(thirtyDays)) / time.Second)
	})
	measure("elapsed_5y", instants, edges, func(at time.Time) int64 {
		return int64(office.WorkHoursInRange(at, at.Add(fiveYears)) / time.Second)
	})
	require(output.Flush())
}
