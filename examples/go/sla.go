// SPDX-License-Identifier: MIT

package main

// #cgo pkg-config: sla
// #include <sla/sla.h>
import "C"

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"unsafe"
)

// The library's records are plain numbers, so Go slices of them are handed over as they are.
type (
	Request = C.sla_request
	Scope   = C.sla_scope
	Due     = C.sla_due
	Cycle   = C.sla_cycle
)

const unsaid = C.SLA_UNSAID

func failure(status C.sla_status, problem *C.sla_error) error {
	if status == C.SLA_OK {
		return nil
	}
	name := C.GoString(C.sla_status_name(status))
	if problem == nil {
		return errors.New(name)
	}
	return fmt.Errorf("%s: line %d: %s", name, problem.line, C.GoString(&problem.message[0]))
}

// chars gives the bytes of a text as C takes them: pointer and length, nothing is copied.
func chars(text []byte) (*C.char, C.size_t) {
	return (*C.char)(unsafe.Pointer(first(text))), C.size_t(len(text))
}

// first gives the memory of a slice, nil for an empty one.
func first[T any](slice []T) *T {
	if len(slice) == 0 {
		return nil
	}
	return &slice[0]
}

// LoadContract loads a contract document with the feeds that it asks for, which are looked for beside it.
func LoadContract(path string) (*C.sla_contract, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var problem C.sla_error
	var document *C.sla_document
	start, length := chars(text)
	if err := failure(C.sla_document_load(start, length, &document, &problem), &problem); err != nil {
		return nil, err
	}
	defer C.sla_document_free(document)
	for i := C.size_t(0); i < C.sla_document_feed_count(document); i++ {
		file := filepath.Join(filepath.Dir(path), C.GoString(C.sla_document_feed_file(document, i)))
		feed, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		start, length := chars(feed)
		name := C.sla_document_feed_name(document, i)
		if err := failure(C.sla_document_set_feed(document, name, C.SIZE_MAX, start, length, &problem), &problem); err != nil {
			return nil, err
		}
	}
	var contract *C.sla_contract
	return contract, failure(C.sla_document_build(document, nil, &contract, &problem), &problem)
}

// Find gives the index of a name: SLA_UNSAID for none, SLA_UNKNOWN for one that the contract does not know.
func Find(contract *C.sla_contract, element C.int32_t, name string) C.int32_t {
	if name == "" {
		return unsaid
	}
	var index C.int32_t
	start, length := chars([]byte(name))
	C.sla_contract_find(contract, element, start, length, &index)
	return index
}

// Instant reads an RFC 3339 instant.
func Instant(text string) (C.int64_t, error) {
	var instant C.int64_t
	var problem C.sla_error
	start, length := chars([]byte(text))
	return instant, failure(C.sla_instant_parse(start, length, &instant, &problem), &problem)
}

// Written gives an instant as RFC 3339 in UTC.
func Written(instant C.int64_t) string {
	var buffer [32]C.char
	if C.sla_instant_format(instant, nil, &buffer[0], 32) != C.SLA_OK {
		return "none"
	}
	return C.GoString(&buffer[0])
}

// DecideAll decides scope and due time of all requests at once.
func DecideAll(contract *C.sla_contract, metric C.int32_t, requests []Request) ([]Scope, []Due) {
	scopes, dues := make([]Scope, len(requests)), make([]Due, len(requests))
	C.sla_contract_decide_scope_many(contract, C.size_t(len(requests)), first(requests), first(scopes), nil)
	C.sla_contract_due_many(contract, metric, C.size_t(len(requests)), first(requests), first(dues), nil)
	return scopes, dues
}

// Evaluate gives the state of a request's response clock; responded is nil for one without an answer.
func Evaluate(contract *C.sla_contract, metric C.int32_t, request *Request, responded *C.int64_t, now C.int64_t) (Cycle, error) {
	var cycle Cycle
	var count C.size_t
	var events []C.sla_event
	if responded != nil {
		event := Find(contract, C.SLA_ELEMENT_EVENT, "responded")
		events = []C.sla_event{{at: *responded, event: event}}
	}
	status := C.sla_clock_evaluate(contract, metric, request, first(events), C.size_t(len(events)), nil, 0, now, &cycle, 1, &count, nil)
	return cycle, failure(status, nil)
}

// Text gives a report as a table.
func Text(report *C.sla_report) (string, error) {
	var length C.size_t
	C.sla_report_write(report, C.SLA_FORMAT_TEXT, nil, 0, &length, nil)
	buffer := make([]C.char, length+1)
	status := C.sla_report_write(report, C.SLA_FORMAT_TEXT, &buffer[0], length+1, &length, nil)
	return C.GoString(&buffer[0]), failure(status, nil)
}
