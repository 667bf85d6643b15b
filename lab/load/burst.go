package main

import (
	"fmt"
	"sort"
	"sync"
	"time"
)

// Calls `work` for every name from `clients` connections at once, each in order; the first error ends it.
func (a *api) share(names []string, clients int, work func(*api, string) error) error {
	queue := make(chan string, len(names))
	for _, name := range names {
		queue <- name
	}
	close(queue)
	var group sync.WaitGroup
	failures := make(chan error, clients)
	for range clients {
		group.Go(func() {
			own := a.another()
			for name := range queue {
				if err := work(own, name); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	group.Wait()
	select {
	case err := <-failures:
		return err
	default:
		return nil
	}
}

func (l *lab) burst(count, clients int) error {
	watch, err := l.api.watchStatuses()
	if err != nil {
		return err
	}
	defer watch.close()
	var mutex sync.Mutex
	answered, addressed, times := map[string]time.Time{}, 0, []float64{}
	names := numbered(l.as, count)
	before, begin := l.processorTimes(), time.Now()
	err = l.api.share(names, clients, func(own *api, name string) error {
		made, took, err := own.create(name)
		mutex.Lock()
		defer mutex.Unlock()
		answered[name] = time.Now()
		times = append(times, milliseconds(took))
		if made.addresses() != "" {
			addressed++
		}
		return err
	})
	if err != nil {
		return err
	}
	lastAnswer := time.Now()
	seen, err := watch.await(names, 20*time.Minute)
	if err != nil {
		return err
	}
	last, waits := lastAnswer, []float64{}
	for _, name := range names {
		waits = append(waits, seen[name].Sub(answered[name]).Seconds())
		if seen[name].After(last) {
			last = seen[name]
		}
	}
	return l.have.keep(l.as, object{
		"count": count, "clients": clients, "addressed": addressed, "times": times,
		"creating": lastAnswer.Sub(begin).Seconds(), "after": last.Sub(lastAnswer).Seconds(), "median_wait": percentile(waits, 0.5),
		"spent": l.spentSince(before),
	})
}

// Deletes the first Services there are, and waits until their addresses are counted as free.
func (l *lab) remove(count, clients int) error {
	found, _, err := l.api.list()
	if err != nil {
		return err
	}
	names := []string{}
	for _, one := range found {
		names = append(names, one.Metadata.Name)
	}
	sort.Strings(names)
	names = names[:min(count, len(names))]
	before, begin := l.processorTimes(), time.Now()
	if err := l.deleteAll(names, clients); err != nil {
		return err
	}
	if l.env["HTTP"] == "" {
		return nil
	}
	for left := len(found) - len(names); ; time.Sleep(100 * time.Millisecond) {
		assigned, err := l.assigned()
		if err != nil {
			return err
		}
		if assigned == left {
			break
		}
		if time.Since(begin) > 2*time.Minute {
			return fmt.Errorf("%d addresses are in use, expected %d", assigned, left)
		}
	}
	return l.have.keep(l.as, object{
		"count": len(names), "of": len(found), "seconds": time.Since(begin).Seconds(),
		"spent": l.spentSince(before),
	})
}

func (l *lab) deleteAll(names []string, clients int) error {
	return l.api.share(names, clients, func(own *api, name string) error {
		return own.call("DELETE", services+"/"+name, nil, nil)
	})
}

// Addresses in use, as the pools' statuses say.
func (l *lab) assigned() (int, error) {
	var pools struct {
		Items []struct {
			Status struct {
				IPv4 int `json:"assignedIPv4"`
				IPv6 int `json:"assignedIPv6"`
			} `json:"status"`
		} `json:"items"`
	}
	err := l.api.call("GET", "/apis/metallb.io/v1beta1/ipaddresspools", nil, &pools)
	sum := 0
	for _, pool := range pools.Items {
		sum += pool.Status.IPv4 + pool.Status.IPv6
	}
	return sum, err
}

func numbered(prefix string, count int) []string {
	names := make([]string, count)
	for i := range names {
		names[i] = fmt.Sprintf("%s-%05d", prefix, i)
	}
	return names
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func percentile(values []float64, part float64) float64 {
	sorted := append([]float64{}, values...)
	sort.Float64s(sorted)
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(float64(len(sorted))*part))]
}
