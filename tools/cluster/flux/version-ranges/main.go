// Says which texts, one a line, are ranges of versions to Flux and Helm.
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/Masterminds/semver/v3"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		_, err := semver.NewConstraint(lines.Text())
		fmt.Println(err == nil)
	}
}
