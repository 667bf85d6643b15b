package main

import (
	"errors"
	"fmt"
	"time"
)

const (
	warmUp    = 100
	blockSize = 50
)

var webhookKinds = []string{"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}

// Creates one after the other, in blocks that take turns: with Twinstack's webhooks, and with the same Twinstack but
// its webhook configurations taken away. A block ends when all its Services have their addresses, and are deleted, so
// that no block sees the work of another.
func (l *lab) overhead(size, count int) error {
	saved, err := l.webhooks()
	if err != nil {
		return err
	}
	// Whatever happens, the webhooks are put back.
	defer l.putBack(saved)
	on, off, spent, spentOff := []float64{}, []float64{}, counts{}, counts{}
	for block := 0; len(off) < count; block++ {
		// First a block of each kind to warm up.
		warm := block < 2*warmUp/blockSize
		with := block%2 == 0
		if err := l.turn(saved, with); err != nil {
			return err
		}
		times, used, err := l.block(fmt.Sprintf("%s-%d", l.as, block), with)
		if err != nil {
			return err
		}
		switch {
		case warm:
		case with:
			on = append(on, times...)
			spent.plus(used, 1)
		default:
			off = append(off, times...)
			spentOff.plus(used, 1)
		}
	}
	return l.have.keep(l.as, object{"size": size, "count": count, "with": on, "without": off, "spent": spent, "spent_without": spentOff})
}

// One block of creates: their times, and the counters' difference.
func (l *lab) block(prefix string, with bool) ([]float64, counts, error) {
	watch, err := l.api.watchStatuses()
	if err != nil {
		return nil, nil, err
	}
	defer watch.close()
	before, err := l.counters()
	if err != nil {
		return nil, nil, err
	}
	times, names := []float64{}, numbered(prefix, blockSize)
	for _, name := range names {
		made, took, err := l.api.create(name)
		if err != nil {
			return nil, nil, err
		}
		if with != (made.addresses() != "") {
			return nil, nil, fmt.Errorf("webhooks on: %t, but the answer's addresses are %q", with, made.addresses())
		}
		times = append(times, milliseconds(took))
	}
	if _, err := watch.await(names, time.Minute); err != nil {
		return nil, nil, err
	}
	used, err := l.counters()
	if err != nil {
		return nil, nil, err
	}
	used.plus(before, -1)
	return times, used, l.deleteAll(names, 4)
}

// Takes the webhooks away or puts them back, and waits until that has an effect.
func (l *lab) turn(saved map[string]object, on bool) error {
	for kind := range saved {
		if !on {
			err := l.api.call("DELETE", webhookPath(kind), nil, nil)
			var refused refusal
			if err != nil && !(errors.As(err, &refused) && refused.code == 404) {
				return err
			}
		}
	}
	if on {
		l.putBack(saved)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		made, _, err := l.api.create("probe")
		if err != nil {
			return err
		}
		if err := l.api.call("DELETE", services+"/probe", nil, nil); err != nil {
			return err
		}
		if on == (made.addresses() != "") {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the webhooks do not turn to %t", on)
		}
	}
}

func (l *lab) webhooks() (map[string]object, error) {
	saved := map[string]object{}
	for _, kind := range webhookKinds {
		var found struct {
			APIVersion string `json:"apiVersion"`
			Kind       string `json:"kind"`
			Metadata   struct {
				Name   string            `json:"name"`
				Labels map[string]string `json:"labels"`
			} `json:"metadata"`
			Webhooks []object `json:"webhooks"`
		}
		if err := l.api.call("GET", webhookPath(kind), nil, &found); err != nil {
			return nil, err
		}
		saved[kind] = object{
			"apiVersion": found.APIVersion, "kind": found.Kind, "webhooks": found.Webhooks,
			"metadata": object{"name": found.Metadata.Name, "labels": found.Metadata.Labels},
		}
	}
	return saved, nil
}

// Those that are there already stay.
func (l *lab) putBack(saved map[string]object) {
	for kind, configuration := range saved {
		_ = l.api.call("POST", "/apis/admissionregistration.k8s.io/v1/"+kind, configuration, nil)
	}
}

func webhookPath(kind string) string {
	return "/apis/admissionregistration.k8s.io/v1/" + kind + "/twinstack"
}

// The writes in a time in which nobody changes anything, after the last one that the load before has left.
func (l *lab) rest(length time.Duration) error {
	if err := l.untilQuiet(20, 2*time.Second); err != nil {
		return err
	}
	before, err := l.counters()
	if err != nil {
		return err
	}
	time.Sleep(length)
	used, err := l.counters()
	if err != nil {
		return err
	}
	used.plus(before, -1)
	return l.have.keep(l.as, object{"seconds": length.Seconds(), "spent": used})
}

// Waits until the pools' statuses have not been written for a pause.
func (l *lab) untilQuiet(attempts int, pause time.Duration) error {
	last := -1.0
	for range attempts {
		now, err := l.counters()
		if err != nil {
			return err
		}
		written := now["write ipaddresspools/status"]
		if written == last {
			return nil
		}
		last = written
		time.Sleep(pause)
	}
	return errors.New("the pools' statuses are written all the time")
}
