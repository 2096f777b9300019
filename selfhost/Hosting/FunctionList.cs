using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Prints the functions as <c>func start</c> does, with what flows where.</summary>
internal sealed class FunctionList(SettingResolver settings)
{
    /// <param name="output">Where to.</param>
    /// <param name="index">The functions.</param>
    /// <param name="routes">The HTTP functions among them.</param>
    /// <param name="origin">Where the host listens, such as <c>http://localhost:7071</c>.</param>
    public void Print(TextWriter output, FunctionIndex index, IReadOnlyList<HttpRoute> routes, string origin)
    {
        output.WriteLine();
        output.WriteLine("Functions:");
        output.WriteLine();
        foreach (var route in routes)
        {
            var methods = route.Methods.Length == 0 ? "" : $"[{string.Join(',', route.Methods)}] ";
            output.WriteLine($"\t{route.Function.Name}: {methods}{origin}/{route.Path}{Outputs(route.Function)}");
            output.WriteLine();
        }

        foreach (var function in index.Functions.Where(function => routes.All(route => route.Function != function)))
        {
            output.WriteLine($"\t{function.Name}: {function.Trigger.Type}{Input(function.Trigger)}{Outputs(function)}{Group(function.Trigger)}");
            output.WriteLine();
        }

        foreach (var function in index.Disabled)
        {
            output.WriteLine($"Function {function.Name} is disabled.");
        }

        output.Flush();
    }

    private string Input(BindingDescriptor trigger) =>
        trigger.GetString("topic") is { } topic ? $" {settings.Resolve(topic)}"
        : trigger.GetString("schedule") is { } schedule ? $" {settings.Substitute(schedule)}"
        : "";

    private string Outputs(FunctionDescriptor function)
    {
        string[] topics = [.. function.Outputs.Where(output => output.IsOfType(BindingTypes.Kafka)).Select(output => settings.Resolve(output.GetString("topic") ?? ""))];
        return topics.Length == 0 ? "" : $" → {string.Join(", ", topics)}";
    }

    private string Group(BindingDescriptor trigger) =>
        trigger.GetString("consumerGroup") is { } group ? $" (group {settings.Resolve(group)})" : "";
}
