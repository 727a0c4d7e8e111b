// Reads certificates that are asked for as JSON from its input, and writes them with their keys as JSON, by name.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"os"
	"time"
)

type request struct {
	Name         string
	Issuer       string
	CommonName   string
	Organization string
	Emails       []string
	Uris         []string
	DnsNames     []string
	IpAddresses  []string
	Usages       []string
	Key          string
}

type issued struct {
	Cert string `json:"cert"`
	Key  string `json:"key"`
}

var usages = map[string]x509.ExtKeyUsage{"server": x509.ExtKeyUsageServerAuth, "client": x509.ExtKeyUsageClientAuth}

func main() {
	var requests []request
	check(json.NewDecoder(os.Stdin).Decode(&requests))
	certificates := map[string]*x509.Certificate{}
	keys := map[string]*ecdsa.PrivateKey{}
	answer := map[string]issued{}
	for _, asked := range requests {
		key := keyOf(asked)
		certificate := template(asked)
		issuer, signer := certificates[asked.Issuer], keys[asked.Issuer]
		if asked.Issuer == "" {
			issuer, signer = certificate, key
		}
		der, err := x509.CreateCertificate(rand.Reader, certificate, issuer, &key.PublicKey, signer)
		check(err)
		keyDer, err := x509.MarshalPKCS8PrivateKey(key)
		check(err)
		certificates[asked.Name], err = x509.ParseCertificate(der)
		check(err)
		keys[asked.Name] = key
		answer[asked.Name] = issued{Cert: encode("CERTIFICATE", der), Key: encode("PRIVATE KEY", keyDer)}
	}
	check(json.NewEncoder(os.Stdout).Encode(answer))
}

// The key that is asked for, or a new one.
func keyOf(asked request) *ecdsa.PrivateKey {
	if asked.Key == "" {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		check(err)
		return key
	}
	block, _ := pem.Decode([]byte(asked.Key))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	check(err)
	return key.(*ecdsa.PrivateKey)
}

// A certificate without an issuer is an authority.
func template(asked request) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	check(err)
	certificate := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: asked.CommonName},
		EmailAddresses:        asked.Emails,
		DNSNames:              asked.DnsNames,
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		BasicConstraintsValid: true,
	}
	if asked.Issuer == "" {
		certificate.IsCA = true
		certificate.KeyUsage |= x509.KeyUsageCertSign
	}
	if asked.Organization != "" {
		certificate.Subject.Organization = []string{asked.Organization}
	}
	for _, text := range asked.Uris {
		uri, err := url.Parse(text)
		check(err)
		certificate.URIs = append(certificate.URIs, uri)
	}
	for _, address := range asked.IpAddresses {
		certificate.IPAddresses = append(certificate.IPAddresses, net.ParseIP(address))
	}
	for _, usage := range asked.Usages {
		certificate.ExtKeyUsage = append(certificate.ExtKeyUsage, usages[usage])
	}
	return certificate
}

func encode(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
