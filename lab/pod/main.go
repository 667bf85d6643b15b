// What runs in the lab's real pods. "pause" holds a pod's namespaces; "serve ADDRESS" answers HTTP with the names of
// pod and node and the client's address, as lab/lib/backend.py does where there is no kubelet.
package main

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	if len(os.Args) == 3 && os.Args[1] == "serve" {
		http.HandleFunc("/", answer)
		go func() { panic(http.ListenAndServe(os.Args[2], nil)) }()
	}
	<-stop
}

func answer(out http.ResponseWriter, request *http.Request) {
	client, _, _ := net.SplitHostPort(request.RemoteAddr)
	out.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(out).Encode(map[string]string{
		"pod": os.Getenv("POD_NAME"), "node": os.Getenv("NODE_NAME"), "client": client})
}
