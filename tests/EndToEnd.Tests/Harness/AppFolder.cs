namespace KafkaFunctions.EndToEnd.Tests.Harness;

/// <summary>A folder that an app runs in, with its settings files and its data.</summary>
public sealed class AppFolder : IDisposable
{
    public AppFolder() => Path = Directory.CreateTempSubdirectory("kafkafunctions-e2e-").FullName;

    public string Path { get; }

    /// <summary>Where the app keeps the embedded log; not there yet.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>Writes a file of settings.</summary>
    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
