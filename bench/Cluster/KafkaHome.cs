using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Cluster;

/// <summary>The Kafka download that <c>KAFKA_HOME</c> names.</summary>
internal static class KafkaHome
{
    private const string Variable = "KAFKA_HOME";

    /// <summary>The folder.</summary>
    /// <exception cref="RunFailedException">The variable is not set or names no Kafka.</exception>
    public static string Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable(Variable);
            if (string.IsNullOrEmpty(folder))
            {
                throw new RunFailedException($"{Variable} is not set. Set it to the folder of a Kafka download (with bin/ and libs/).");
            }

            var full = Path.GetFullPath(folder);
            return File.Exists(Path.Combine(full, "bin", "kafka-server-start.sh"))
                ? full
                : throw new RunFailedException($"{Variable} names {full}, which has no bin/kafka-server-start.sh. Set it to the folder of a Kafka download.");
        }
    }

    /// <summary>Path of one of its programs.</summary>
    public static string Program(string name) => Path.Combine(Folder, "bin", name);

    /// <summary>Class path of its libraries.</summary>
    public static string Libraries => Path.Combine(Folder, "libs", "*");
}
