// Says how healthy objects are to Flux, with the code that its controllers ask.
//
// From the standard input it reads healthCheckExprs of a Kustomization and objects, as JSON; it writes the status of each object, or why there is none. An
// object of a kind without an expression has the status that Flux sees in any object.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type question struct {
	HealthCheckExprs []kustomize.CustomHealthCheck `json:"healthCheckExprs"`
	Objects          []map[string]any              `json:"objects"`
}

func main() {
	asked := question{}
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fail(err)
	}
	newReader, err := cel.NewStatusReader(asked.HealthCheckExprs)
	if err != nil {
		fail(err)
	}
	reader := newReader(nil)
	answers := []string{}
	for _, object := range asked.Objects {
		text, err := json.Marshal(object)
		if err != nil {
			fail(err)
		}
		resource := &unstructured.Unstructured{}
		if err := resource.UnmarshalJSON(text); err != nil {
			fail(err)
		}
		if !reader.Supports(resource.GroupVersionKind().GroupKind()) {
			result, err := status.Compute(resource)
			if err != nil {
				fail(err)
			}
			answers = append(answers, result.Status.String())
			continue
		}
		read, err := reader.ReadStatusForObject(context.Background(), nil, resource)
		switch {
		case err != nil:
			answers = append(answers, err.Error())
		case read.Error != nil:
			answers = append(answers, fmt.Sprintf("%s: %v", read.Status, read.Error))
		default:
			answers = append(answers, read.Status.String())
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
