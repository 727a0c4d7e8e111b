// Runs the control loops of cert-manager that make certificates from self-signed and CA issuers.
//
//	controller -kubeconfig FILE [-cluster-resource-namespace NAME] [-metrics-listen-address HOST:PORT]
//
// cert-manager's own program is a module of its own that is not published; its loops are packages that are. ACME, Vault and Venafi
// are left out, and so are the leader election and the webhook. Metrics are those of certificates, where an address is given.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"github.com/cert-manager/cert-manager/pkg/controller"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/approver"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/ca"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/issuing"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/keymanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/readiness"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/requestmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/revisionmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/trigger"
	_ "github.com/cert-manager/cert-manager/pkg/controller/clusterissuers"
	_ "github.com/cert-manager/cert-manager/pkg/controller/issuers"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
	"golang.org/x/sync/errgroup"
)

const workersPerLoop = 2

func main() {
	kubeconfig := flag.String("kubeconfig", "", "path of the kubeconfig")
	resourceNamespace := flag.String("cluster-resource-namespace", "cert-manager", "namespace of the Secrets of ClusterIssuers")
	metricsAddress := flag.String("metrics-listen-address", "", "where metrics are served")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *kubeconfig, *resourceNamespace, *metricsAddress); err != nil {
		log.Fatal(err)
	}
}

// run runs all loops until the context ends. The options are the defaults of cert-manager's own program.
func run(ctx context.Context, kubeconfig, resourceNamespace, metricsAddress string) error {
	factory, err := controller.NewContextFactory(ctx, controller.ContextOptions{
		Kubeconfig:         kubeconfig,
		KubernetesAPIQPS:   50,
		KubernetesAPIBurst: 100,
		IssuerOptions:      controller.IssuerOptions{ClusterResourceNamespace: resourceNamespace},
		CertificateOptions: controller.CertificateOptions{
			CopiedAnnotationPrefixes:                 []string{"*", "-kubectl.kubernetes.io/", "-fluxcd.io/", "-argocd.argoproj.io/"},
			CertificateRequestMinimumBackoffDuration: time.Hour,
			CertificateRequestMaximumBackoffDuration: 32 * time.Hour,
		},
		IngressShimOptions: controller.IngressShimOptions{DefaultIssuerKind: "Issuer", DefaultIssuerGroup: "cert-manager.io"},
		SchedulerOptions:   controller.SchedulerOptions{MaxConcurrentChallenges: 60},
	})
	if err != nil {
		return err
	}
	base, err := factory.Build()
	if err != nil {
		return err
	}
	loops, loopsCtx := errgroup.WithContext(ctx)
	if metricsAddress != "" {
		listener, err := net.Listen("tcp", metricsAddress)
		if err != nil {
			return err
		}
		loops.Go(func() error { return serveMetrics(loopsCtx, base, listener) })
	}
	for name, construct := range controller.Known() {
		loop, err := construct(factory)
		if err != nil {
			return err
		}
		log.Printf("starting %s", name)
		loops.Go(func() error { return loop.Run(workersPerLoop, loopsCtx) })
	}
	base.SharedInformerFactory.Start(loopsCtx.Done())
	base.KubeSharedInformerFactory.Start(loopsCtx.Done())
	base.HTTP01ResourceMetadataInformersFactory.Start(loopsCtx.Done())
	return loops.Wait()
}

// serveMetrics tells the state of certificates until the context ends.
func serveMetrics(ctx context.Context, base *controller.Context, listener net.Listener) error {
	base.Metrics.SetupCertificateCollector(base.SharedInformerFactory.Certmanager().V1().Certificates().Lister())
	server := base.Metrics.NewServer(listener)
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
