using KafkaFunctions.App;
using KafkaFunctions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddKafkaFunctions();
builder.Services.AddApp(builder.Configuration);
builder.Build().Run();
