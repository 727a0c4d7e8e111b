// Builds what a Kustomization of Flux would apply, with the code that kustomize-controller builds it with, and writes it as YAML.
//
//	layer-build ROOT KUSTOMIZATION
//
// ROOT is the folder of the source's artifact, KUSTOMIZATION a file with the Kustomization as JSON. A kustomization.yaml that is missing is
// generated in ROOT, as the controller does it. Variables have the values that the Kustomization itself gives.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: layer-build ROOT KUSTOMIZATION"))
	}
	manifests, err := build(os.Args[1], os.Args[2])
	if err != nil {
		fail(err)
	}
	os.Stdout.Write(manifests)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func build(root, file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	kustomization := unstructured.Unstructured{}
	if err := json.Unmarshal(text, &kustomization.Object); err != nil {
		return nil, err
	}
	path, _, err := unstructured.NestedString(kustomization.Object, "spec", "path")
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(root, path)
	if _, err := kustomize.NewGenerator(root, kustomization).WriteFile(folder); err != nil {
		return nil, err
	}
	resources, err := kustomize.SecureBuild(root, folder, false)
	if err != nil {
		return nil, fmt.Errorf("kustomize build failed: %w", err)
	}
	for _, resource := range resources.Resources() {
		substituted, err := kustomize.SubstituteVariables(context.Background(), nil, kustomization, resource,
			kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(true), kustomize.SubstituteWithAlways(true))
		if err != nil {
			return nil, fmt.Errorf("post build failed for '%s/%s': %w", resource.GetGvk(), resource.GetName(), err)
		}
		if substituted == nil {
			continue
		}
		if _, err := resources.Replace(resource); err != nil {
			return nil, err
		}
	}
	return resources.AsYaml()
}
