package main

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

// Notes when each Service of the bench first had an address in its status.
type statusWatch struct {
	mutex sync.Mutex
	seen  map[string]time.Time
	news  chan struct{}
	close func() error
}

func (a *api) watchStatuses() (*statusWatch, error) {
	_, version, err := a.list()
	if err != nil {
		return nil, err
	}
	response, err := a.another().open("GET", services+"?watch=1&"+benchOnly+"&resourceVersion="+version, nil)
	if err != nil {
		return nil, err
	}
	watch := &statusWatch{seen: map[string]time.Time{}, news: make(chan struct{}, 1), close: response.Body.Close}
	events := json.NewDecoder(response.Body)
	go func() {
		for {
			var event struct {
				Object service `json:"object"`
			}
			if events.Decode(&event) != nil {
				return
			}
			if len(event.Object.Status.LoadBalancer.Ingress) > 0 {
				watch.note(event.Object.Metadata.Name)
			}
		}
	}()
	return watch, nil
}

func (w *statusWatch) note(name string) {
	w.mutex.Lock()
	if _, known := w.seen[name]; !known {
		w.seen[name] = time.Now()
	}
	w.mutex.Unlock()
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// Waits until all of these have an address, and returns when each got it.
func (w *statusWatch) await(names []string, patience time.Duration) (map[string]time.Time, error) {
	deadline := time.After(patience)
	for {
		w.mutex.Lock()
		missing := 0
		for _, name := range names {
			if _, there := w.seen[name]; !there {
				missing++
			}
		}
		w.mutex.Unlock()
		if missing == 0 {
			return w.seen, nil
		}
		// No more than one look in 5 ms: with 10,000 names each costs something.
		time.Sleep(5 * time.Millisecond)
		select {
		case <-w.news:
		case <-deadline:
			return nil, fmt.Errorf("%d of %d Services have no address after %s", missing, len(names), patience)
		}
	}
}
