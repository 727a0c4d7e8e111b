// Says of regular expressions, given as JSON at the standard input, what Go says: why they are none, or in which texts they find a match.
package main

import (
	"encoding/json"
	"os"
	"regexp"
)

type verdict struct {
	Error string `json:"error,omitempty"`
	Found []bool `json:"found"`
}

func main() {
	var asked struct {
		Patterns []string `json:"patterns"`
		Texts    []string `json:"texts"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		panic(err)
	}
	verdicts := make([]verdict, len(asked.Patterns))
	for i, pattern := range asked.Patterns {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			verdicts[i].Error = err.Error()
			continue
		}
		for _, text := range asked.Texts {
			verdicts[i].Found = append(verdicts[i].Found, compiled.Match([]byte(text)))
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		panic(err)
	}
}
