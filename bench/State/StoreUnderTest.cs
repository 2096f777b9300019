using System.CommandLine;
using KafkaFunctions.Bench.Count;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Bench.State;

/// <summary>The store that the app keeps its state in.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    /// <summary>Azurite does some tens of transactions a second: fewer buckets are fewer of them.</summary>
    private const string AzuriteBuckets = "8";

    private const int AzuriteRate = 200;
    private const int EmbeddedRate = 2_000;

    private readonly Azurite? _azurite;
    private readonly string _directory;

    private StoreUnderTest(string directory, Azurite? azurite)
    {
        _directory = directory;
        _azurite = azurite;
        AppSettings = azurite is null
            ? new Dictionary<string, string?> { [CountPipeline.DataDirectory] = directory }
            : new Dictionary<string, string?>
            {
                [StateStorageSettings.SettingName] = azurite.ConnectionString,
                ["State__Buckets"] = AzuriteBuckets,
            };
    }

    /// <summary>Settings that point the app at it.</summary>
    public IReadOnlyDictionary<string, string?> AppSettings { get; }

    /// <summary>Records per second that it takes on a busy machine.</summary>
    public int DefaultRate => _azurite is null ? EmbeddedRate : AzuriteRate;

    /// <summary>The option of commands that run on either.</summary>
    public static Option<StoreKind> CreateOption() => new("--store")
    {
        Description = "Where state lives. azurite: one of its own, which is installed at first use (needs Node)",
        DefaultValueFactory = _ => StoreKind.Embedded,
    };

    /// <summary>The option of the load.</summary>
    public static Option<int?> CreateRateOption() => new("--rate")
    {
        Description = FormattableString.Invariant($"Records per second [default: {EmbeddedRate}; with azurite: {AzuriteRate}]"),
    };

    /// <summary>Starts it; the run ends it.</summary>
    public static async Task<StoreUnderTest> StartAsync(BenchRun run, StoreKind kind)
    {
        var azurite = kind == StoreKind.Azurite ? await Azurite.StartAsync() : null;
        return run.Own(new StoreUnderTest(run.PathOf("data"), azurite));
    }

    /// <summary>Opens it beside the app.</summary>
    public IStateStorage Open()
    {
        if (_azurite is null)
        {
            return SqliteStateStorage.Open(_directory);
        }

        var settings = new ConfigurationBuilder().AddInMemoryCollection(AppSettings).Build();
        return new AzureTableStateStorage(
            StateStorageSettings.Read(settings)!, new TableStateOptions(), NullLogger<AzureTableStateStorage>.Instance);
    }

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
