namespace KafkaFunctions.SelfHost.Tests.PublicApi;

/// <summary>The committed list of what the real worker packages have.</summary>
internal sealed class WorkerApi
{
    private readonly List<WorkerType> _types = [];

    private WorkerApi()
    {
    }

    /// <summary>Types of the real packages by namespace and name (<c>Name&lt;T&gt;</c>): several packages may have one of a name.</summary>
    public IReadOnlyList<WorkerType> Find(string typeNamespace, string name) =>
        _types.FindAll(type => type.Namespace == typeNamespace && type.Name == name);

    public static WorkerApi Read()
    {
        using var stream = typeof(WorkerApi).Assembly.GetManifestResourceStream("worker-api.txt")!;
        using var reader = new StreamReader(stream);
        var api = new WorkerApi();
        var typeNamespace = "";
        WorkerType? type = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("## namespace ", StringComparison.Ordinal))
            {
                typeNamespace = line["## namespace ".Length..];
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                type!.Members.Add(line.Trim());
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                type = new WorkerType(typeNamespace, line);
                api._types.Add(type);
            }
        }

        return api;
    }
}
