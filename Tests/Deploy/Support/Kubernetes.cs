namespace Orleans.Story.Tests.Deploy.Support;

/// <summary>The manifests, and what of them is asked often.</summary>
internal static class Kubernetes
{
    public const string Folder = "deploy/kubernetes";

    private static readonly string[] Running = ["Deployment", "StatefulSet", "DaemonSet", "Job"];

    /// <summary>Every object with the file that it stands in.</summary>
    public static IReadOnlyList<(string File, Node Object)> All { get; } =
        [.. from file in Checkout.Deployed(".yaml", ".example").Where(file => file.StartsWith(Folder, StringComparison.Ordinal)) from document in Node.Load(file) where document["kind"].Text != "Kustomization" select (file, document)];

    public static IEnumerable<Node> Of(string kind) => All.Select(one => one.Object).Where(one => one["kind"].Text == kind);

    /// <summary>Everything that runs pods.</summary>
    public static IEnumerable<Node> Workloads => All.Select(one => one.Object).Where(one => Running.Contains(one["kind"].Text));

    public static string Name(this Node one) => one["metadata"]["name"].Text;

    public static Node Pod(this Node workload) => workload["spec"]["template"]["spec"];

    public static IEnumerable<Node> Containers(this Node workload) => workload.Pod()["containers"].Concat(workload.Pod()["initContainers"]);

    /// <summary>Whether a pod of the workload carries every label of a selector.</summary>
    public static bool IsSelectedBy(this Node workload, Node selector)
    {
        var labels = workload["spec"]["template"]["metadata"]["labels"];
        return selector.Pairs.All(pair => labels[pair.Key].Text == pair.Value.Text);
    }
}
