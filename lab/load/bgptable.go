package main

import (
	"fmt"
	"strings"
)

// Twinstack first: the others are compared with it.
var daemons = []string{"twinstack", "frr", "bird", "gobgp"}

func (l *lab) bgpTable() error {
	r := &rows{of: l.have}
	r.heading("measure", "Twinstack", "FRR", "BIRD", "GoBGP", "target")
	for _, of := range families {
		found := map[string]bgpResult{}
		for _, daemon := range daemons {
			var one bgpResult
			_, _ = r.of.read(daemon+of.name, &one)
			found[daemon] = one
		}
		first := found[daemons[0]]
		r.daemonRow(fmt.Sprintf("%d %s to one peer, first to last octet, median of %d", first.Routes, of.name, len(first.Originate)),
			"%.0f ms", func(daemon string) float64 { return percentile(found[daemon].Originate, 0.5) },
			"faster than FRR and GoBGP, within 1.5 x BIRD")
		r.daemonRow("- from the connection to the last octet, median", "%.0f ms",
			func(daemon string) float64 { return percentile(found[daemon].Complete, 0.5) }, "")
		r.daemonRow("- in so many UPDATEs", "%.0f", func(daemon string) float64 { return float64(found[daemon].Updates) }, "")
		r.daemonRow(fmt.Sprintf("session with %d %s, connection to KEEPALIVE, median", first.Routes, of.name),
			"%.2f ms", func(daemon string) float64 { return percentile(found[daemon].Establish, 0.5) }, "fastest")
	}
	for _, part := range []struct {
		name, target string
		part         float64
	}{{"median", "<= 1 ms", 0.5}, {"p99", "", 0.99}} {
		changes := map[string]bgpResult{}
		for _, daemon := range daemons {
			var one bgpResult
			_, _ = r.of.read(daemon+"-change", &one)
			changes[daemon] = one
		}
		r.daemonRow(fmt.Sprintf("one more prefix beside %d to its UPDATE, %s of %d", changes[daemons[0]].Announced, part.name,
			len(changes[daemons[0]].Change)), "%.2f ms",
			func(daemon string) float64 { return percentile(changes[daemon].Change, part.part) }, part.target)
	}
	for _, size := range []struct{ key, text, target string }{
		{"few", "1 peer, 1000 routes", "<= 120 MiB"}, {"many", "100 peers, 10000 routes", "<= 200 MiB"},
	} {
		r.daemonRow("resident memory, "+size.text, "%.0f MiB",
			func(daemon string) float64 { return r.number(daemon+"-memory-"+size.key) / 1024 }, size.target)
	}
	fmt.Println(strings.Join(r.lines, "\n"))
	return nil
}

// One cell for each daemon: its value, and how many times Twinstack's it is.
func (r *rows) daemonRow(measure, format string, value func(string) float64, target string) {
	cells, own := []string{measure}, value(daemons[0])
	for _, daemon := range daemons {
		its := value(daemon)
		text := "-"
		if its > 0 {
			text = fmt.Sprintf(format, its)
		}
		if its > 0 && own > 0 && daemon != daemons[0] {
			text += fmt.Sprintf(" (x %.2g)", its/own)
		}
		cells = append(cells, text)
	}
	r.lines = append(r.lines, "| "+strings.Join(append(cells, target), " | ")+" |")
}
