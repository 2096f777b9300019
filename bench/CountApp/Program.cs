using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using KafkaFunctions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddKafkaFunctions();
builder.Services.AddSingleton<IStateStorage>(services => StateStorageSettings.Read(services.GetRequiredService<IConfiguration>()) is { } accounts
    ? new AzureTableStateStorage(accounts, new TableStateOptions(), services.GetRequiredService<ILogger<AzureTableStateStorage>>())
    : SqliteStateStorage.Open(
        services.GetRequiredService<IConfiguration>()["DataDirectory"]!, logger: services.GetRequiredService<ILogger<SqliteStateStorage>>()));
builder.Services.AddSingleton(services => new StateRuntime(
    services.GetRequiredService<IStateStorage>(),
    "kafkafunctions",
    new StateOptions { Buckets = services.GetRequiredService<IConfiguration>().GetValue("State:Buckets", 64) }));
builder.Build().Run();
