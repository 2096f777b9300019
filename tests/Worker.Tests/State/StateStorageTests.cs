using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker.Tests.State;

public sealed class StateStorageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("embedded")]
    public async Task Storage_NoAccount_IsAFileInDataDirectoryOpenedWhenNeeded(string setting)
    {
        await using var app = new WorkerApp { Functions = [typeof(CountFunctions)], Settings = { ["StateStorage"] = setting } };
        await app.StartAsync();
        var file = Path.Combine(app.Services.GetRequiredService<IConfiguration>()["DataDirectory"]!, "state.db");
        var before = File.Exists(file);

        Assert.IsType<SqliteStateStorage>(app.Services.GetRequiredService<IStateStorage>());

        Assert.Equal((false, true), (before, File.Exists(file)));
    }

    [Theory]
    [InlineData("StateStorage", "UseDevelopmentStorage=true")]
    [InlineData("StateStorage:tableServiceUri", "https://account.table.core.windows.net")]
    [InlineData("StateStorage:0", "UseDevelopmentStorage=true")]
    public async Task Storage_Account_IsAzureTablesAndNothingIsSentYet(string key, string value)
    {
        await using var app = new WorkerApp { Functions = [typeof(CountFunctions)], Settings = { [key] = value } };
        await app.StartAsync();

        Assert.Null(app.ExitStatus);
        Assert.IsType<AzureTableStateStorage>(app.Services.GetRequiredService<IStateStorage>());
    }

    [Theory]
    [InlineData("StateStorage", "nonsense", "StateStorage")]
    [InlineData("StateStorage:tableServiceUri", "nonsense", "StateStorage__tableServiceUri")]
    [InlineData("TableState:Patience", "soon", "TableState__Patience")]
    [InlineData("StateQueries:Timeout", "0", "StateQueries__Timeout")]
    public async Task Start_WrongValue_EndsNamingTheSetting(string key, string value, string setting)
    {
        await using var app = new WorkerApp { Functions = [typeof(CountFunctions)], Settings = { [key] = value } };

        await app.StartAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains(setting, app.Console, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(CountFunctions), 1)]
    [InlineData(typeof(WordFunctions), null)]
    public async Task Start_EmbeddedStateOnAzure_IsRefusedWhereFunctionsKeepState(Type functions, int? status)
    {
        await using var app = new WorkerApp { Functions = [functions], Settings = { ["WEBSITE_INSTANCE_ID"] = "a1" } };

        await app.StartAsync();

        Assert.Equal(status, app.ExitStatus);
        Assert.Equal(status is not null, app.Console.Contains("StateStorage__tableServiceUri", StringComparison.Ordinal));
    }
}
