using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Prints the functions as <c>func start</c> does, with what flows where.</summary>
internal sealed class FunctionList(FunctionIndex index, HttpRoutes routes, HttpOrigin origin, SettingResolver settings, HostSurroundings surroundings)
{
    public void Print()
    {
        var output = surroundings.Output;
        output.WriteLine();
        output.WriteLine(index.Functions.Count == 0 && index.Disabled.Count == 0
            ? $"No functions found in {surroundings.ApplicationName}: write a public method with [Function] in a class of it."
            : "Functions:");
        output.WriteLine();
        foreach (var line in routes.All.Select(Describe).Concat(index.Functions.Where(function => routes.Find(function) is null).Select(Describe)))
        {
            output.WriteLine("\t" + line);
            output.WriteLine();
        }

        foreach (var function in index.Disabled)
        {
            output.WriteLine($"Function {function.Name} is disabled.");
        }

        output.Flush();
    }

    private string Describe(HttpRoute route)
    {
        var methods = route.Methods.Length == 0 ? "" : $"[{string.Join(',', route.Methods)}] ";
        return $"{route.Function.Name}: {methods}{origin.Text}/{route.Path}{Outputs(route.Function)}";
    }

    private string Describe(FunctionDescriptor function)
    {
        var head = $"{function.Name}: {function.Trigger.Type}";
        if (function.Trigger.IsOfType(BindingTypes.KafkaTrigger))
        {
            var group = function.Trigger.GetString("consumerGroup") is { } name ? $" (group {settings.Resolve(name)})" : "";
            return $"{head} {Topic(function.Trigger)}{Outputs(function)}{group}";
        }

        return function.Trigger.GetString("schedule") is { } schedule
            ? $"{head} {settings.Substitute(schedule)}{Outputs(function)}"
            : head + Outputs(function);
    }

    private string Outputs(FunctionDescriptor function)
    {
        string[] topics = [.. function.Outputs.Where(output => output.IsOfType(BindingTypes.Kafka)).Select(Topic)];
        return topics.Length == 0 ? "" : $" → {string.Join(", ", topics)}";
    }

    private string Topic(BindingDescriptor binding) => settings.Resolve(binding.GetString("topic") ?? "");
}
