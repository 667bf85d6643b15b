package main

import (
	"bufio"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// One line of a Prometheus page.
type sample struct {
	name   string
	labels map[string]string
	value  float64
}

var (
	sampleLine = regexp.MustCompile(`^([a-zA-Z_:]+)(?:\{(.*)\})? ([^ ]+)`)
	label      = regexp.MustCompile(`([a-zA-Z_]+)="((?:[^"\\]|\\.)*)"`)
)

func parseSamples(page io.Reader, names ...string) []sample {
	var found []sample
	lines := bufio.NewScanner(page)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		line := lines.Text()
		wanted := false
		for _, name := range names {
			wanted = wanted || strings.HasPrefix(line, name+"{") || strings.HasPrefix(line, name+" ")
		}
		parts := sampleLine.FindStringSubmatch(line)
		if !wanted || parts == nil {
			continue
		}
		value, _ := strconv.ParseFloat(parts[3], 64)
		labels := map[string]string{}
		for _, one := range label.FindAllStringSubmatch(parts[2], -1) {
			labels[one[1]] = one[2]
		}
		found = append(found, sample{parts[1], labels, value})
	}
	return found
}

// Sums by what a sample is about.
type counts map[string]float64

func (c counts) plus(other counts, sign float64) {
	for key, value := range other {
		c[key] += sign * value
	}
}

// Successful writes by resource, and what the API server and the program say about the webhooks' time.
func (l *lab) counters() (counts, error) {
	response, err := l.api.open("GET", "/metrics", nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	found := l.processorTimes()
	for _, s := range parseSamples(response.Body, "apiserver_request_total",
		"apiserver_admission_webhook_admission_duration_seconds_sum",
		"apiserver_admission_webhook_admission_duration_seconds_count") {
		verb := s.labels["verb"]
		switch {
		case s.name != "apiserver_request_total":
			kind := strings.TrimPrefix(s.name, "apiserver_admission_webhook_admission_duration_seconds_")
			found["webhook "+s.labels["name"]+" "+kind] += s.value
		case verb == "POST" || verb == "PUT" || verb == "PATCH" || verb == "APPLY" || verb == "DELETE":
			resource := s.labels["resource"]
			if s.labels["subresource"] != "" {
				resource += "/" + s.labels["subresource"]
			}
			found["write "+resource] += s.value
		}
	}
	own, err := http.Get(l.env["HTTP"] + "/metrics")
	if err != nil {
		return found, nil // MetalLB, or the program is down: the rest counts
	}
	defer own.Body.Close()
	for _, s := range parseSamples(own.Body, "twinstack_webhook_answers_seconds_sum", "twinstack_webhook_answers_seconds_count") {
		found["own "+s.labels["path"]+" "+strings.TrimPrefix(s.name, "twinstack_webhook_answers_seconds_")] += s.value
	}
	return found, nil
}
