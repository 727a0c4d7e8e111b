// Reads a certificate and hosts as JSON from its input, and writes those hosts for which it is none, as nats-server and all else in Go judge it.
package main

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
)

func main() {
	var asked struct {
		Cert  string
		Hosts []string
	}
	check(json.NewDecoder(os.Stdin).Decode(&asked))
	block, _ := pem.Decode([]byte(asked.Cert))
	certificate, err := x509.ParseCertificate(block.Bytes)
	check(err)
	refused := []string{}
	for _, host := range asked.Hosts {
		if certificate.VerifyHostname(host) != nil {
			refused = append(refused, host)
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(refused))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
