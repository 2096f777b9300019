using KafkaFunctions.App;
using KafkaFunctions.App.Demo;
using KafkaFunctions.App.Filtering;
using KafkaFunctions.App.Ingest;
using KafkaFunctions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddKafkaFunctions();
builder.Services.AddExternalTopics().AddIngest().AddFilter().AddDemo(builder.Configuration);
builder.Build().Run();
