package main

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// The rows of a Markdown table.
type rows struct {
	of    *results
	lines []string
}

func (r *rows) add(measure, value, target string) {
	r.lines = append(r.lines, "| "+strings.Join([]string{measure, value, target}, " | ")+" |")
}

func (l *lab) table(metallb bool) error {
	r := &rows{of: l.have}
	if metallb {
		r.compared()
	} else {
		r.overheads()
		r.writes()
		r.bursts()
		r.processes()
	}
	fmt.Println(strings.Join(r.lines, "\n"))
	return nil
}

func (r *rows) heading(text ...string) {
	r.lines = append(r.lines, "| "+strings.Join(text, " | ")+" |", "|"+strings.Repeat("---|", len(text)))
}

type overheadResult struct {
	Size     int       `json:"size"`
	Count    int       `json:"count"`
	With     []float64 `json:"with"`
	Without  []float64 `json:"without"`
	Spent    counts    `json:"spent"`
	SpentOff counts    `json:"spent_without"`
}

func (r *rows) overheads() {
	r.heading("measure", "value", "target")
	for _, name := range []string{"overhead-few", "overhead", "overhead-many"} {
		var found overheadResult
		if there, _ := r.of.read(name, &found); !there {
			continue
		}
		targets := map[string]string{"p50": "<= 3 ms", "p99": "<= 15 ms"}
		if name == "overhead-many" {
			targets = map[string]string{"p50": "<= 2 ms", "p99": "<= 10 ms"}
		}
		for _, part := range []struct {
			name string
			part float64
		}{{"p50", 0.5}, {"p99", 0.99}} {
			on, off := percentile(found.With, part.part), percentile(found.Without, part.part)
			r.add(fmt.Sprintf("webhooks' part of a create, %s, beside %d Services (%d creates each)", part.name, found.Size, found.Count),
				fmt.Sprintf("%.1f ms (%.1f - %.1f)", on-off, on, off), targets[part.name])
		}
		r.add("- of it the mutating and the validating call as the API server sees them, per create",
			fmt.Sprintf("%.2f + %.2f ms", found.mean("webhook addresses.twinstack.dev "), found.mean("webhook services.twinstack.dev ")), "")
		r.add("- of these Twinstack's own work, per create",
			fmt.Sprintf("%.2f + %.2f ms", found.mean("own /mutate-service "), found.mean("own /validate-service ")), "")
		for _, name := range []string{"twinstack-controller", "twinstack-speaker", "kube-apiserver"} {
			r.add("- processor time per create, "+name, fmt.Sprintf("%.2f ms (without the webhooks %.2f)",
				perCreate(found.Spent, name, found.With), perCreate(found.SpentOff, name, found.Without)), "")
		}
	}
}

func perCreate(spent counts, process string, creates []float64) float64 {
	return 1000 * spent["processor "+process] / float64(max(1, len(creates)))
}

// What a timer counted for each create with webhooks, in milliseconds: not every create calls every webhook.
func (o overheadResult) mean(timer string) float64 {
	return 1000 * o.Spent[timer+"sum"] / float64(max(1, len(o.With)))
}

func (r *rows) writes() {
	var during overheadResult
	if there, _ := r.of.read("overhead", &during); there {
		status := during.Spent["write services/status"] + during.Spent["write services"] - float64(len(during.With))
		r.add("writes per Service of the Service itself, after its create", fmt.Sprintf("%.3f", status/float64(len(during.With))), "1")
		r.add("other writes per Service", others(during.Spent, float64(len(during.With))), "Events aside: few")
	}
	var rest struct {
		Seconds float64 `json:"seconds"`
		Spent   counts  `json:"spent"`
	}
	if there, _ := r.of.read("rest", &rest); there {
		r.add(fmt.Sprintf("writes in %.0f s in which nothing changes", rest.Seconds), others(rest.Spent, 1), "none but leases")
	}
}

// All writes but those of Services, and of the API server's own notes of their clusterIPs, per one of `among`.
func others(spent counts, among float64) string {
	var text []string
	for key, value := range spent {
		resource, isWrite := strings.CutPrefix(key, "write ")
		if isWrite && value > 0 && !strings.HasPrefix(resource, "services") && resource != "ipaddresses" {
			text = append(text, fmt.Sprintf("%s %.3g", resource, value/among))
		}
	}
	sort.Strings(text)
	if len(text) == 0 {
		return "none"
	}
	return strings.Join(text, ", ")
}

type burstResult struct {
	Count      int       `json:"count"`
	Clients    int       `json:"clients"`
	Addressed  int       `json:"addressed"`
	Times      []float64 `json:"times"`
	Creating   float64   `json:"creating"`
	After      float64   `json:"after"`
	MedianWait float64   `json:"median_wait"`
	Spent      counts    `json:"spent"`
}

func (r *rows) bursts() {
	for _, name := range []string{"burst", "burst-many"} {
		target := "<= 1 s"
		if name == "burst-many" {
			target = "<= 3 s"
		}
		var found burstResult
		if there, _ := r.of.read(name, &found); !there {
			continue
		}
		what := fmt.Sprintf("%d creates from %d clients", found.Count, found.Clients)
		r.add(what+": answers with addresses", fmt.Sprintf("%d in %.1f s, p50 %.0f ms, p99 %.0f ms", found.Addressed,
			found.Creating, percentile(found.Times, 0.5), percentile(found.Times, 0.99)), fmt.Sprint(found.Count))
		r.add(what+": last status after the last answer", fmt.Sprintf("%.2f s", found.After), target)
	}
	var removed struct {
		Count int    `json:"count"`
		Of    int    `json:"of"`
		Spent counts `json:"spent"`
	}
	if there, _ := r.of.read("delete", &removed); there {
		r.add(fmt.Sprintf("CPU time of the controller for %d deleted of %d", removed.Count, removed.Of),
			fmt.Sprintf("%.2f s", removed.Spent["processor twinstack-controller"]), "<= 1 s")
	}
	var fresh freshResult
	if there, _ := r.of.read("fresh", &fresh); there {
		r.add("a create while the controller starts: its address after the start of the process",
			fmt.Sprintf("%.1f s", fresh.Seconds), "<= 2 s")
	}
}

type freshResult struct {
	Answer    float64 `json:"answer"`
	Addressed bool    `json:"addressed"`
	Seconds   float64 `json:"seconds"`
}

func (r *rows) processes() {
	r.ways()
	for _, role := range []string{"controller", "speaker"} {
		r.memory(role, "services", "overhead", "<= 150 MiB")
		many := ""
		if role == "controller" {
			many = "<= 200 MiB"
		}
		r.memory(role, "many", "overhead-many", many)
		if ready := r.number(role + "_ready"); ready > 0 {
			r.add("start to ready, "+role, fmt.Sprintf("%.0f ms", ready), "")
		}
	}
	var first float64
	if there, _ := r.of.read("first-route", &first); there {
		r.add("start of the speaker to its first route", fmt.Sprintf("%.0f ms", first), "")
	}
}

func (r *rows) ways() {
	for _, name := range []string{"routes-ten", "routes", "routes-many"} {
		var found way
		if there, _ := r.of.read(name, &found); !there {
			continue
		}
		step := func(times []float64) string {
			return fmt.Sprintf("%.1f, %.1f ms", percentile(times, 0.5), percentile(times, 0.99))
		}
		beside := fmt.Sprintf(", beside %d announced Services: p50, p99", found.Size)
		r.add("create to route in FRR's kernel"+beside, step(found.All), "p50 <= 50 ms")
		r.add("- of it from sending the create to its answer", step(found.Answer), "")
		r.add("- from the answer to the status", step(found.Status), "")
		r.add("- from the status to the UPDATE at the router", step(found.Wire), "p50 <= 2 ms")
		r.add("- in FRR, from the UPDATE to its kernel", step(found.Router), "")
	}
}

func (r *rows) memory(role, key, among, target string) {
	var size overheadResult
	if there, _ := r.of.read(among, &size); there && r.number(role+"_memory_"+key) > 0 {
		r.add(fmt.Sprintf("resident memory, %s, %d Services", role, size.Size),
			fmt.Sprintf("%.0f MiB, of it %.0f anonymous (the rest: mapped files)", r.number(role+"_memory_"+key)/1024,
				r.number(role+"_anonymous_"+key)/1024), target)
	}
}

// A noted number; 0 if there is none.
func (r *rows) number(name string) float64 {
	var text string
	_, _ = r.of.read(name, &text)
	value, _ := strconv.ParseFloat(text, 64)
	return value
}

// Twinstack and MetalLB in one table, with the ratio.
func (r *rows) compared() {
	r.heading("measure", "Twinstack", "MetalLB", "MetalLB / Twinstack")
	bursts, starts := map[string]burstResult{}, map[string]freshResult{}
	for _, who := range []string{"twinstack", "metallb"} {
		var burst burstResult
		var fresh freshResult
		_, _ = r.of.read("burst-"+who, &burst)
		_, _ = r.of.read("fresh-"+who, &fresh)
		bursts[who], starts[who] = burst, fresh
	}
	one, other := bursts["twinstack"], bursts["metallb"]
	what := fmt.Sprintf("%d creates from %d clients: ", one.Count, one.Clients)
	r.add(what+"answers with addresses", fmt.Sprint(one.Addressed), fmt.Sprint(other.Addressed)+" | ")
	r.ratio(what+"until the last answer", "s", one.Creating, other.Creating)
	r.ratio(what+"answer to status, median", "s", one.MedianWait, other.MedianWait)
	r.ratio(what+"last status after the first create", "s", one.Creating+one.After, other.Creating+other.After)
	r.ratio(what+"processor time of the controller", "s",
		one.Spent["processor twinstack-controller"], other.Spent["processor metallb-controller"])
	r.ratio(fmt.Sprintf("a create while the controller starts among %d Services: its address after the start", one.Count),
		"s", starts["twinstack"].Seconds, starts["metallb"].Seconds)
	r.ratio("resident memory of the controller", "MiB",
		r.number("memory-twinstack")/1024, r.number("memory-metallb")/1024)
}

func (r *rows) ratio(measure, unit string, one, other float64) {
	ratio := "-"
	if one > 0 {
		ratio = fmt.Sprintf("%.3g", other/one)
	}
	r.add(measure, fmt.Sprintf("%.3g %s", one, unit), fmt.Sprintf("%.3g %s | %s", other, unit, ratio))
}
