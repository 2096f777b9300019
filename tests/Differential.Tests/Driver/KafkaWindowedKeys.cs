using System.Globalization;

namespace KafkaFunctions.Differential.Tests.Driver;

/// <summary>Kafka's own deserializers of windowed keys, in one JVM for all tests of a class.</summary>
public sealed class KafkaWindowedKeys : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kafka-windowed-keys-");
    private DriverProcess? _process;

    /// <summary>Compiles and starts the JVM, once; skips the test where that cannot be.</summary>
    public void Require() => _process ??= new DriverProcess(JavaTools.Compile(_folder.FullName), _folder.FullName, "WindowedKeys");

    /// <summary>Key, start, end, and the bytes that Kafka's serializer makes of them.</summary>
    /// <param name="kind">time or session.</param>
    /// <param name="size">Length of windows of time.</param>
    /// <param name="key">The key's bytes.</param>
    public string[] Read(string kind, long size, byte[] key)
    {
        Require();
        _process!.Write(string.Create(CultureInfo.InvariantCulture, $"{kind}\t{size}\t{Convert.ToBase64String(key)}\n"));
        return _process.ReadLine().Split('\t');
    }

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }
}
