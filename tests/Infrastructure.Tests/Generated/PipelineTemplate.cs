using KafkaFunctions.App.Ingest;
using KafkaFunctions.Tables;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.DependencyInjection;
using static KafkaFunctions.Infrastructure.Tests.Generated.BicepText;

namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>Functions, topics and stores of the app, for the templates.</summary>
internal static class PipelineTemplate
{
    public static string Write()
    {
        using var app = AppCode.Build();
        var functions = app.Services.GetRequiredService<FunctionCatalog>().Functions.OrderBy(function => function.Name, StringComparer.Ordinal).ToList();
        var stores = app.Services.GetRequiredService<StoreCatalog>().Stores;
        var topics = functions
            .SelectMany(function => function.Outputs.Select(output => output.Topic).Append(function.Trigger?.Topic ?? ""))
            .Where(topic => topic.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return $$"""
            // Written from the functions' attributes by tests/Infrastructure.Tests: see README.md.

            metadata name = 'Pipeline'
            metadata description = 'Functions, topics and stores of the app.'

            @export()
            @description('A function of the app.')
            type functionNameType ={{Union(functions.Select(function => function.Name))}}

            @export()
            @description('A topic that functions read or write, without those of dead letters.')
            type topicNameType ={{Union(topics)}}

            @export()
            @description('The functions, with the topic that triggers each (empty: none), the topic of its dead letters, and those that it writes.')
            var functions = [
            {{string.Join('\n', functions.Select(Function))}}
            ]

            @export()
            @description('The stores of functions, with the tables that they are kept in.')
            var stores = [
            {{string.Join('\n', stores.Select(store => Store(store.Definition.Name)))}}
            ]

            @export()
            @description('The topics that may be written to over HTTP.')
            var ingestTopics = {{Array(new IngestOptions().Topics.Split(','))}}

            """;
    }

    private static string Function(FunctionEntry function) => $$"""
          {
            name: {{Quote(function.Name)}}
            topic: {{Quote(function.Trigger?.Topic ?? "")}}
            deadLetters: {{Quote(function.Trigger?.DeadLetterTopic ?? "")}}
            writes: {{Array(function.Outputs.Select(output => output.Topic).Distinct().Order(StringComparer.Ordinal))}}
          }
        """;

    private static string Store(string name) => $$"""
          {
            name: {{Quote(name)}}
            table: {{Quote(TableNames.Encode(new TableStateOptions().TablePrefix, name))}}
          }
        """;
}
