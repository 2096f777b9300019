namespace KafkaFunctions.SelfHost.Tests.PublicApi;

/// <summary>A type of the real packages as the list has it.</summary>
internal sealed class WorkerType(string typeNamespace, string header)
{
    private static readonly string[] Kinds = ["class", "interface", "enum", "struct", "delegate"];

    public string Namespace => typeNamespace;

    public string Header => header;

    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public string Name
    {
        get
        {
            var words = header.Split(' ');
            var kind = Array.FindIndex(words, word => Kinds.Contains(word));
            return words[kind] == "delegate" ? words[kind + 2].Split('(')[0] : words[kind + 1];
        }
    }
}
