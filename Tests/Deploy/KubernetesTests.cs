using System.Globalization;
using Orleans.Story.Tests.Deploy.Support;

namespace Orleans.Story.Tests.Deploy;

/// <summary>The manifests hang together.</summary>
public sealed class KubernetesTests
{
    /// <summary>Made by whoever installs, as the files beside them say.</summary>
    private static readonly string[] MadeByHand = ["models", "vote-certificate", "postgres-trial", "story"];

    [Fact]
    public void Everything_lies_in_the_one_namespace()
    {
        foreach (var (file, one) in Kubernetes.All)
        {
            one["apiVersion"].Text.ShouldNotBeEmpty(file);
            if (one["kind"].Text != "Namespace") one["metadata"]["namespace"].Text.ShouldBe("orleans-story", $"{file}: {one.Name()}");
        }
    }

    [Fact]
    public void Every_selector_finds_a_workload()
    {
        foreach (var service in Kubernetes.Of("Service")) Finds(service["spec"]["selector"], service.Name());
        foreach (var budget in Kubernetes.Of("PodDisruptionBudget")) Finds(budget["spec"]["selector"]["matchLabels"], budget.Name());
        foreach (var policy in Kubernetes.Of("NetworkPolicy"))
        {
            Finds(policy["spec"]["podSelector"]["matchLabels"], policy.Name());
            foreach (var from in policy["spec"]["ingress"].SelectMany(rule => rule["from"]).Where(from => from["podSelector"].IsThere)) Finds(from["podSelector"]["matchLabels"], policy.Name());
        }

        foreach (var workload in Kubernetes.Workloads.Where(one => one["kind"].Text != "Job"))
        {
            workload.IsSelectedBy(workload["spec"]["selector"]["matchLabels"]).ShouldBeTrue(workload.Name());
            foreach (var spread in workload.Pod()["topologySpreadConstraints"]) workload.IsSelectedBy(spread["labelSelector"]["matchLabels"]).ShouldBeTrue(workload.Name());
        }
    }

    [Fact]
    public void A_selector_of_one_role_finds_no_other()
    {
        foreach (var name in (string[])["story-silos", "gpu-silos", "gateways"])
        {
            var budget = Kubernetes.Of("PodDisruptionBudget").Single(one => one.Name() == name)["spec"]["selector"]["matchLabels"];
            Kubernetes.Workloads.Where(workload => workload.IsSelectedBy(budget)).Select(workload => workload.Name()).ShouldBe([name]);
        }
    }

    [Fact]
    public void Services_and_the_Ingress_lead_to_a_port_that_is_open()
    {
        foreach (var service in Kubernetes.Of("Service"))
        {
            var open = Kubernetes.Workloads.Where(workload => workload.IsSelectedBy(service["spec"]["selector"])).SelectMany(workload => workload.Containers()).SelectMany(container => container["ports"]).Select(port => port["name"].Text);
            foreach (var port in service["spec"]["ports"]) open.ShouldContain(port["targetPort"].Text, service.Name());
        }

        foreach (var path in Kubernetes.Of("Ingress").SelectMany(ingress => ingress["spec"]["rules"]).SelectMany(rule => rule["http"]["paths"]))
        {
            var leads = path["backend"]["service"];
            Kubernetes.Of("Service").Single(service => service.Name() == leads["name"].Text)["spec"]["ports"].Select(port => port["name"].Text).ShouldContain(leads["port"]["name"].Text);
        }
    }

    [Fact]
    public void Nobody_is_root_or_may_write_to_its_image()
    {
        foreach (var workload in Kubernetes.Workloads)
        {
            var name = workload.Name();
            var pod = workload.Pod();
            pod["securityContext"]["runAsNonRoot"].Text.ShouldBe("true", name);
            pod["securityContext"]["runAsUser"].Text.ShouldNotBeOneOf("", "0");
            pod["securityContext"]["seccompProfile"]["type"].Text.ShouldBe("RuntimeDefault", name);
            pod["automountServiceAccountToken"].Text.ShouldBe("false", name);
            foreach (var container in workload.Containers())
            {
                container["securityContext"]["allowPrivilegeEscalation"].Text.ShouldBe("false", name);
                container["securityContext"]["readOnlyRootFilesystem"].Text.ShouldBe("true", name);
                container["securityContext"]["capabilities"]["drop"].Select(one => one.Text).ShouldBe(["ALL"], name);
            }
        }
    }

    [Fact]
    public void Everything_that_runs_is_probed_and_bounded()
    {
        foreach (var workload in Kubernetes.Workloads)
        {
            workload.Pod()["terminationGracePeriodSeconds"].IsThere.ShouldBeTrue(workload.Name());
            foreach (var container in workload.Containers())
            {
                var name = $"{workload.Name()}/{container["name"].Text}";
                container["resources"]["limits"]["memory"].IsThere.ShouldBeTrue(name);
                container["resources"]["requests"]["cpu"].IsThere.ShouldBeTrue(name);
                container["resources"]["requests"]["memory"].IsThere.ShouldBeTrue(name);
                if (workload["kind"].Text == "Job") continue;
                container["startupProbe"].IsThere.ShouldBeTrue(name);
                container["livenessProbe"].IsThere.ShouldBeTrue(name);
            }

            if (workload["kind"].Text != "Job") workload.Containers().Any(container => container["readinessProbe"].IsThere).ShouldBeTrue(workload.Name());
        }
    }

    [Fact]
    public void Aliveness_is_never_asked_of_what_depends_on_others()
    {
        foreach (var probe in Kubernetes.Workloads.SelectMany(workload => workload.Containers()).Select(container => container["livenessProbe"]["httpGet"]["path"].Text).Where(path => path.Length > 0))
            probe.ShouldBe("/healthz");
    }

    [Fact]
    public void A_silo_that_stalls_costs_no_gateway_its_place()
    {
        foreach (var probe in Kubernetes.Workloads.SelectMany(workload => workload.Containers()).Where(container => container["name"].Text == "gateway").Select(container => container["readinessProbe"]))
            (int.Parse(probe["periodSeconds"].Text, CultureInfo.InvariantCulture) * int.Parse(probe["failureThreshold"].Text, CultureInfo.InvariantCulture)).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Silos_and_gateways_are_replaced_without_losing_one_except_where_there_is_no_spare_GPU()
    {
        Strategy("story-silos").ShouldBe(("1", "0"));
        Strategy("gateways").ShouldBe(("1", "0"));
        Strategy("gpu-silos").ShouldBe(("0", "1"));

        static (string Surge, string Unavailable) Strategy(string name)
        {
            var rolling = Kubernetes.Workloads.Single(workload => workload.Name() == name)["spec"]["strategy"]["rollingUpdate"];
            return (rolling["maxSurge"].Text, rolling["maxUnavailable"].Text);
        }
    }

    [Fact]
    public void Only_silos_and_gateways_reach_a_silo()
    {
        Allowed("11111").ShouldBe(["gpu-silos, story-silos from gpu-silos, story-silos"]);
        Allowed("30000").ShouldBe(["story-silos from desk, gateways"], "gateways come in at silos that hold sessions alone");
        Kubernetes.Of("NetworkPolicy").Single(one => one.Name() == "nobody")["spec"]["ingress"].IsThere.ShouldBeFalse();

        static IEnumerable<string> Allowed(string port) =>
            from policy in Kubernetes.Of("NetworkPolicy")
            from rule in policy["spec"]["ingress"]
            where rule["ports"].Any(one => one["port"].Text == port)
            select $"{Who(policy["spec"]["podSelector"]["matchLabels"])} from {Who(rule["from"].Single()["podSelector"]["matchLabels"])}";

        static string Who(Node labels) => string.Join(", ", Kubernetes.Workloads.Where(workload => workload.IsSelectedBy(labels)).Select(workload => workload.Name()).Order());
    }

    [Fact]
    public void A_silo_is_told_its_own_address()
    {
        var silos = Kubernetes.Workloads.SelectMany(workload => workload.Containers()).Where(container => container["name"].Text == "silo").ToList();
        silos.Count.ShouldBe(2);
        foreach (var silo in silos)
            silo["env"].Single(variable => variable["name"].Text == "Story__SiloAddress")["valueFrom"]["fieldRef"]["fieldPath"].Text.ShouldBe("status.podIP");
        silos.Select(silo => silo["env"].Single(variable => variable["name"].Text == "Story__Roles")["value"].Text).Order().ShouldBe(["gpu", "story"]);
    }

    [Fact]
    public void A_GPU_is_the_model_servers_and_its_pod_goes_where_one_is()
    {
        var workload = Kubernetes.Workloads.Single(one => one.Name() == "gpu-silos");
        workload.Containers().Where(container => container["resources"]["limits"]["nvidia.com/gpu"].Text == "1").Select(container => container["name"].Text).ShouldBe(["model"]);
        workload.Pod()["nodeSelector"].Pairs.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_a_pod_takes_is_made_here_or_by_hand()
    {
        foreach (var workload in Kubernetes.Workloads)
        {
            var pod = workload.Pod();
            foreach (var source in workload.Containers().SelectMany(container => container["envFrom"]))
                Kubernetes.Of("ConfigMap").Select(Kubernetes.Name).ShouldContain(source["configMapRef"]["name"].Text);
            var volumes = pod["volumes"].Select(volume => volume["name"].Text).Concat(workload["spec"]["volumeClaimTemplates"].Select(claim => claim.Name())).ToList();
            foreach (var mount in workload.Containers().SelectMany(container => container["volumeMounts"]))
            {
                volumes.ShouldContain(mount["name"].Text, workload.Name());
                if (mount["subPath"].IsThere) Kubernetes.Of("Secret").Single()["stringData"][mount["subPath"].Text].IsThere.ShouldBeTrue(workload.Name());
            }

            foreach (var volume in pod["volumes"])
            {
                if (volume["secret"].IsThere) MadeByHand.ShouldContain(volume["secret"]["secretName"].Text);
                if (volume["configMap"].IsThere) Kubernetes.Of("ConfigMap").Select(Kubernetes.Name).ShouldContain(volume["configMap"]["name"].Text);
                if (volume["persistentVolumeClaim"]["claimName"].Text is { Length: > 0 } claim) Kubernetes.Of("PersistentVolumeClaim").Select(Kubernetes.Name).Concat(MadeByHand).ShouldContain(claim);
            }
        }
    }

    /// <summary>They are applied part by part, each part by the label it has: what had none would never be.</summary>
    [Theory]
    [InlineData("deploy/README.md")]
    [InlineData("deploy/README.zh-CN.md")]
    public void Every_manifest_but_the_trials_is_a_part_that_the_page_applies(string page)
    {
        var text = Checkout.Read(page);
        var listed = Node.Load($"{Kubernetes.Folder}/base/kustomization.yaml").Single()["resources"].Select(one => one.Text).ToList();
        listed.ShouldBe(Directory.EnumerateFiles(Checkout.At("deploy", "kubernetes", "base"), "*.yaml").Select(file => Path.GetFileName(file)).Where(file => file != "kustomization.yaml"), ignoreOrder: true);
        foreach (var one in listed.SelectMany(file => Node.Load($"{Kubernetes.Folder}/base/{file}")))
        {
            one["kind"].Text.ShouldNotBeOneOf("Secret", "StatefulSet");
            var part = one["metadata"]["labels"]["app.kubernetes.io/component"].Text;
            part.ShouldNotBeEmpty(one.Name());
            text.ShouldContain($"   part {part}\n", Case.Sensitive, one.Name());
        }

        text.ShouldContain("-l app.kubernetes.io/component=ground\n");
    }

    /// <summary>One folder that git ignores has all that differs from site to site.</summary>
    [Fact]
    public async Task A_sites_own_folder_changes_registry_version_and_address_and_no_manifest()
    {
        Shell.NeedsOrSkip("kubectl");
        var folder = Directory.CreateTempSubdirectory("story-site-").FullName;
        try
        {
            var (from, to) = (Checkout.At("deploy", "kubernetes", "base"), Directory.CreateDirectory(Path.Combine(folder, "base")).FullName);
            foreach (var file in Directory.EnumerateFiles(from, "*.yaml")) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            var site = Directory.CreateDirectory(Path.Combine(folder, "site")).FullName;
            var own = Checkout.Read($"{Kubernetes.Folder}/site.example/kustomization.yaml");
            await File.WriteAllTextAsync(Path.Combine(site, "kustomization.yaml"), own
                .Replace("https://vote.example", "https://kino.example", StringComparison.Ordinal).Replace("registry.example/", "kino.example/", StringComparison.Ordinal)
                .Replace("\"0.1.0\"", "\"9.9.9\"", StringComparison.Ordinal).Replace("value: haproxy }", "value: nginx }", StringComparison.Ordinal)
                .Replace("value: haproxy-controller }", "value: ingress-nginx }", StringComparison.Ordinal));
            var (code, output) = await Shell.RunAsync("kubectl", ["kustomize", site]);
            code.ShouldBe(0, output);
            output.ShouldNotContain("vote.example");
            output.ShouldNotContain("orleans-story-silo:0.1.0");
            foreach (var line in (string[])[
                "image: kino.example/orleans-story-silo:9.9.9", "image: kino.example/orleans-story-gateway:9.9.9", "Story__AllowedOrigins__0: https://kino.example",
                "- host: kino.example", "    - kino.example\n", "ingressClassName: nginx", "kubernetes.io/metadata.name: ingress-nginx"]) output.ShouldContain(line);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Finds(Node labels, string who)
    {
        if (!labels.IsThere) return;
        Kubernetes.Workloads.Any(workload => workload.IsSelectedBy(labels)).ShouldBeTrue($"{who} selects nothing");
    }
}
