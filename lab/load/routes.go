package main

import (
	"bufio"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The router's kernel says when it gets a route.
type routeWatch struct {
	process *exec.Cmd
	lines   *bufio.Scanner
}

func watchRoutes() (*routeWatch, error) {
	process := exec.Command("ip", "-n", "r", "-6", "monitor", "route")
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	err = process.Start()
	time.Sleep(200 * time.Millisecond) // it says nothing when it has begun to listen
	return &routeWatch{process, bufio.NewScanner(output)}, err
}

// The next new BGP route to this address, or to any if that is empty.
func (w *routeWatch) await(address string) (time.Time, error) {
	for w.lines.Scan() {
		line := w.lines.Text()
		fresh := strings.Contains(line, "proto bgp") && !strings.HasPrefix(line, "Deleted")
		if fresh && (address == "" || strings.HasPrefix(line, address+" ")) {
			return time.Now(), nil
		}
	}
	return time.Time{}, errors.New("ip monitor has ended")
}

func (w *routeWatch) close() {
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
}

// The way of one Service to the router, in milliseconds: from sending the create to its answer, from there until a watch
// shows the status, from there until the UPDATE arrives at the router, from there to its kernel; and all of it.
type way struct {
	Answer []float64 `json:"answer"`
	Status []float64 `json:"status"`
	Wire   []float64 `json:"wire"`
	Router []float64 `json:"router"`
	All    []float64 `json:"all"`
	// How many Services were announced before the first.
	Size int `json:"size"`
}

func (l *lab) routes(count, size int) error {
	watch, err := watchRoutes()
	if err != nil {
		return err
	}
	defer watch.close()
	wire, err := watchWire()
	if err != nil {
		return err
	}
	defer wire.close()
	statuses, err := l.api.watchStatuses()
	if err != nil {
		return err
	}
	defer statuses.close()
	found := way{Size: size}
	for _, name := range numbered(l.as, count) {
		if err := l.api.call("POST", endpointSlices, newEndpoints(name), nil); err != nil {
			return err
		}
		begin := time.Now()
		made, took, err := l.api.create(name)
		if err != nil {
			return err
		}
		kernel, err := watch.await(made.addresses())
		if err != nil {
			return err
		}
		sent, err := wire.at(made.addresses())
		if err != nil {
			return err
		}
		seen, err := statuses.await([]string{name}, time.Minute)
		if err != nil {
			return err
		}
		found.add(begin, begin.Add(took), seen[name], sent, kernel)
	}
	return l.have.keep(l.as, found)
}

func (w *way) add(begin, answer, status, wire, kernel time.Time) {
	w.Answer = append(w.Answer, milliseconds(answer.Sub(begin)))
	w.Status = append(w.Status, milliseconds(status.Sub(answer)))
	w.Wire = append(w.Wire, milliseconds(wire.Sub(status)))
	w.Router = append(w.Router, milliseconds(kernel.Sub(wire)))
	w.All = append(w.All, milliseconds(kernel.Sub(begin)))
}

// Gives every Service that has none an endpoint on the node, so that it is announced.
func (l *lab) endpoints(clients int) error {
	found, _, err := l.api.list()
	if err != nil {
		return err
	}
	names := []string{}
	for _, one := range found {
		names = append(names, one.Metadata.Name)
	}
	return l.api.share(names, clients, func(own *api, name string) error {
		err := own.call("POST", endpointSlices, newEndpoints(name), nil)
		var refused refusal
		if errors.As(err, &refused) && refused.code == http.StatusConflict {
			return nil
		}
		return err
	})
}

func (l *lab) firstRoute() error {
	watch, err := watchRoutes()
	if err != nil {
		return err
	}
	defer watch.close()
	begin := time.Now()
	if err := os.WriteFile(filepath.Join(l.dir, "watching"), nil, 0o600); err != nil {
		return err
	}
	at, err := watch.await("")
	if err != nil {
		return err
	}
	return l.have.keep(l.as, milliseconds(at.Sub(begin)))
}

// One create while the controller starts: when it has its address, counted from the start of the process.
func (l *lab) fresh(since time.Time) error {
	watch, err := l.api.watchStatuses()
	if err != nil {
		return err
	}
	defer watch.close()
	made, took, err := l.api.create(l.as)
	if err != nil {
		return err
	}
	seen, err := watch.await([]string{l.as}, 20*time.Minute)
	if err != nil {
		return err
	}
	return l.have.keep(l.as, object{
		"answer": milliseconds(took), "addressed": made.addresses() != "", "seconds": seen[l.as].Sub(since).Seconds(),
	})
}
