package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

const (
	services       = "/api/v1/namespaces/default/services"
	endpointSlices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices"
	benchOnly      = "labelSelector=bench%3Dyes"
)

// An admin's access to the API server, over connections of its own.
type api struct {
	server, token string
	trust         *x509.CertPool
	http          *http.Client
}

func newAPI(server, caFile, token string) (*api, error) {
	ca, err := os.ReadFile(caFile)
	if err != nil {
		return nil, err
	}
	trust := x509.NewCertPool()
	trust.AppendCertsFromPEM(ca)
	return (&api{server: server, token: token, trust: trust}).another(), nil
}

// Another client: the same rights, a connection of its own.
func (a *api) another() *api {
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: a.trust}, ForceAttemptHTTP2: true}
	return &api{a.server, a.token, a.trust, &http.Client{Transport: transport}}
}

type refusal struct {
	code int
	text string
}

func (r refusal) Error() string { return r.text }

func (a *api) open(method, path string, body any) (*http.Response, error) {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(context.Background(), method, a.server+path, content)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := a.http.Do(request)
	if err == nil && response.StatusCode >= 300 {
		defer response.Body.Close()
		text, _ := io.ReadAll(io.LimitReader(response.Body, 500))
		err = refusal{response.StatusCode, fmt.Sprintf("%s %s: %d %s", method, path, response.StatusCode, text)}
	}
	return response, err
}

// Reads the answer into `into`, unless that is nil. The answer is taken off the wire either way.
func (a *api) call(method, path string, body, into any) error {
	response, err := a.open(method, path, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// What is read of a Service.
type service struct {
	Metadata struct {
		Name            string            `json:"name"`
		ResourceVersion string            `json:"resourceVersion"`
		Annotations     map[string]string `json:"annotations"`
	} `json:"metadata"`
	Status struct {
		LoadBalancer struct {
			Ingress []struct {
				IP string `json:"ip"`
			} `json:"ingress"`
		} `json:"loadBalancer"`
	} `json:"status"`
}

func (s service) addresses() string { return s.Metadata.Annotations["twinstack.dev/addresses"] }

type object map[string]any

// IPv6, because thousands of Services do not fit into the lab's IPv4 service range.
func newService(name string) object {
	return object{
		"apiVersion": "v1", "kind": "Service",
		"metadata": object{"name": name, "labels": object{"bench": "yes"}},
		"spec": object{
			"type": "LoadBalancer", "ipFamilies": []string{"IPv6"}, "ipFamilyPolicy": "SingleStack",
			"allocateLoadBalancerNodePorts": false, "ports": []object{{"port": 80}},
		},
	}
}

// There before its Service: what is measured is Twinstack, not the controller that makes these.
func newEndpoints(name string) object {
	return object{
		"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv6",
		"metadata": object{"name": name, "labels": object{"kubernetes.io/service-name": name, "bench": "yes"}},
		"ports":    []object{{"port": 80, "protocol": "TCP", "name": ""}},
		"endpoints": []object{
			{"addresses": []string{"fd44:0:0:1::99"}, "conditions": object{"ready": true}, "nodeName": "n1"},
		},
	}
}

// Creates a Service and says how long the answer took.
func (a *api) create(name string) (service, time.Duration, error) {
	var made service
	begin := time.Now()
	err := a.call("POST", services, newService(name), &made)
	return made, time.Since(begin), err
}

func (a *api) list() ([]service, string, error) {
	var found struct {
		Metadata struct {
			ResourceVersion string `json:"resourceVersion"`
		} `json:"metadata"`
		Items []service `json:"items"`
	}
	err := a.call("GET", services+"?"+benchOnly, nil, &found)
	return found.Items, found.Metadata.ResourceVersion, err
}
