using System.Globalization;
using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Differential.Tests.Driver;

/// <summary>Runs cases on Kafka Streams, in one JVM for all. Records with negative timestamps are not sent: they are dead letters.</summary>
public sealed class KafkaStreamsRunner : ICaseRunner, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kafka-streams-driver-");
    private readonly Lock _turn = new();
    private DriverProcess? _process;

    /// <summary>Compiles and starts the driver at the first call; skips the test where that cannot be.</summary>
    public CaseResult Run(Case testCase)
    {
        lock (_turn)
        {
            _process ??= new DriverProcess(JavaTools.Compile(_folder.FullName), _folder.FullName);
            var sent = Enumerable.Range(0, testCase.Records.Count).Where(input => testCase.Records[input].Timestamp >= 0).ToArray();
            _process.Write(CaseText.Write(testCase with { Records = [.. sent.Select(input => testCase.Records[input])] }) + "\nend\n");
            return ReadResult(testCase, sent);
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private CaseResult ReadResult(Case testCase, int[] sent)
    {
        var steps = testCase.Records.Select(_ => new List<Update>()).ToArray();
        var state = new List<Update>();
        var dropped = 0L;
        while (_process!.ReadLine().Split('\t') is var fields && fields is not ["done"])
        {
            switch (fields)
            {
                case ["update", var input, .. var update]:
                    steps[sent[int.Parse(input, CultureInfo.InvariantCulture)]].Add(Update(update));
                    break;
                case ["state", .. var row]:
                    state.Add(Update(row));
                    break;
                case ["dropped", var number]:
                    dropped = long.Parse(number, CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new InvalidOperationException($"Kafka Streams failed: {string.Join(' ', fields)}\n{testCase}");
            }
        }

        return new CaseResult { Steps = steps, State = state, DroppedCount = dropped };
    }

    private static Update Update(string[] fields) => new(
        Text(fields[0]),
        Number(fields[1]),
        Number(fields[2]),
        Text(fields[3]),
        long.Parse(fields[4], CultureInfo.InvariantCulture));

    private static string? Text(string field) => field == CaseText.Null ? null : field;

    private static long? Number(string field) => field == CaseText.Null ? null : long.Parse(field, CultureInfo.InvariantCulture);
}
