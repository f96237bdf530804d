// SPDX-License-Identifier: MIT

// Due times, scope and a compliance report for a CSV file of requests: sla-report CONTRACT REQUESTS.csv NOW
//
// Rows that cannot be read are left out here; examples/report.c shows how they are counted.
package main

// #include <sla/sla.h>
import "C"

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
)

type row map[string]string

func readRows(path string) ([]row, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	records, err := reader.ReadAll()
	if err != nil || len(records) == 0 {
		return nil, err
	}
	header := records[0]
	rows := make([]row, 0, len(records))
	for _, record := range records[1:] {
		if len(record) != len(header) {
			continue
		}
		fields := row{}
		for i, name := range header {
			fields[name] = record[i]
		}
		rows = append(rows, fields)
	}
	return rows, nil
}

// criterion finds the criterion by the contract's attributes; false when a value is not known.
func criterion(contract *C.sla_contract, request *Request, fields row) (C.int32_t, bool) {
	values := make([]C.int32_t, C.sla_contract_count(contract, C.SLA_ELEMENT_ATTRIBUTE)+1)
	for i := range values[:len(values)-1] {
		values[i] = unsaid
		value := fields[C.GoString(C.sla_contract_name(contract, C.SLA_ELEMENT_ATTRIBUTE, C.int32_t(i)))]
		start, length := chars([]byte(value))
		if value != "" && C.sla_contract_find_value(contract, C.int32_t(i), start, length, &values[i]) != C.SLA_OK {
			return unsaid, false
		}
	}
	var found C.int32_t
	C.sla_contract_decide_criterion(contract, request, &values[0], &found)
	return found, true
}

func readRequest(contract *C.sla_contract, fields row) (request Request, responded *C.int64_t, readable bool) {
	received, err := Instant(fields["received"])
	if err != nil {
		return request, nil, false
	}
	request.received = received
	request.tier = Find(contract, C.SLA_ELEMENT_TIER, fields["tier"])
	request.channel = Find(contract, C.SLA_ELEMENT_CHANNEL, fields["channel"])
	request.service = Find(contract, C.SLA_ELEMENT_SERVICE, fields["service"])
	request.language = Find(contract, C.SLA_ELEMENT_LANGUAGE, fields["language"])
	for _, fact := range strings.FieldsFunc(fields["holds"], func(r rune) bool { return r == ' ' || r == ';' }) {
		if index := Find(contract, C.SLA_ELEMENT_FACT, fact); index >= 0 {
			request.holds |= 1 << uint(index)
		}
	}
	request.criterion, readable = criterion(contract, &request, fields)
	if answered := fields["responded"]; readable && answered != "" {
		at, err := Instant(answered)
		return request, &at, err == nil
	}
	return request, nil, readable
}

func compliance(contract *C.sla_contract, metric C.int32_t, now C.int64_t, requests []Request, scopes []Scope, answers []*C.int64_t) (string, error) {
	var report *C.sla_report
	if err := failure(C.sla_report_new(contract, metric, C.SLA_BY_TIER, 5, &report, nil), nil); err != nil {
		return "", err
	}
	defer C.sla_report_free(report)
	for i := range requests {
		cycle, err := Evaluate(contract, metric, &requests[i], answers[i], now)
		switch {
		case err != nil:
			C.sla_report_add_invalid(report, C.uint64_t(i), &requests[i], C.SLA_INVALID_REQUEST, nil, 0, nil)
		case scopes[i].in_scope == 0:
			C.sla_report_add(report, C.uint64_t(i), &requests[i], &scopes[i], nil, 0, nil)
		default:
			C.sla_report_add(report, C.uint64_t(i), &requests[i], &scopes[i], &cycle, 1, nil)
		}
	}
	return Text(report)
}

func run(contractPath, requestsPath, nowText string) error {
	contract, err := LoadContract(contractPath)
	if err != nil {
		return err
	}
	defer C.sla_contract_unref(contract)
	now, err := Instant(nowText)
	if err != nil {
		return err
	}
	rows, err := readRows(requestsPath)
	if err != nil {
		return err
	}
	var requests []Request
	var answers []*C.int64_t
	for _, fields := range rows {
		if request, responded, readable := readRequest(contract, fields); readable {
			requests, answers = append(requests, request), append(answers, responded)
		}
	}
	metric := Find(contract, C.SLA_ELEMENT_METRIC, "response")
	scopes, dues := DecideAll(contract, metric, requests)
	for i := 0; i < len(requests) && i < 5; i++ {
		fmt.Printf("%s  due %s  in scope: %t\n", Written(requests[i].received), Written(dues[i].at), scopes[i].in_scope == 1)
	}
	text, err := compliance(contract, metric, now, requests, scopes, answers)
	fmt.Printf("%d requests\n\n%s", len(requests), text)
	return err
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: sla-report CONTRACT REQUESTS.csv NOW")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
