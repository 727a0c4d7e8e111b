// Confjson prints a nats.conf as JSON, as the server's own parser reads it: includes are read, variables come from the
// environment, and sizes such as 5KB are numbers of bytes.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/nats-io/nats-server/v2/conf"
)

func main() {
	if len(os.Args) != 2 {
		fail("usage: confjson FILE")
	}
	options, err := conf.ParseFileWithChecks(os.Args[1])
	if err != nil {
		fail(err)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := out.Encode(options); err != nil {
		fail(err)
	}
}

func fail(reason any) {
	fmt.Fprintln(os.Stderr, reason)
	os.Exit(1)
}
