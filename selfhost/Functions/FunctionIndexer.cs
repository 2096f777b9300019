using System.Reflection;
using System.Text.Json;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Settings;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>Finds the app's functions and checks them.</summary>
internal sealed class FunctionIndexer(
    FunctionSource source,
    IEnumerable<IFunctionMetadataTransformer> transformers,
    SettingResolver settings,
    IConfiguration configuration,
    HostRunOptions options)
{
    /// <exception cref="SelfHostException">Functions are wrong; everything wrong is named.</exception>
    public FunctionIndex Read()
    {
        var errors = new List<string>();
        var methods = source.Methods().ToArray();
        CheckSelection([.. methods.Select(entry => entry.Name)]);
        foreach (var twice in methods.GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            errors.Add($"{twice.Count()} functions are named '{twice.Key}' ({string.Join(", ", twice.Select(entry => FunctionMetadataFactory.EntryPoint(entry.Method)))}). Give each a name of its own in [Function].");
        }

        var functions = Describe(methods, errors);
        var selected = functions.Where(IsSelected).ToArray();
        var rules = new FunctionRules(settings);
        errors.AddRange(selected.Where(function => !IsDisabled(function.Name)).SelectMany(rules.Check));
        if (errors.Count > 0)
        {
            throw new SelfHostException(errors);
        }

        return new FunctionIndex(
            [.. selected.Where(function => !IsDisabled(function.Name))],
            [.. selected.Where(function => IsDisabled(function.Name))]);
    }

    private List<FunctionDescriptor> Describe(DeclaredFunction[] methods, List<string> errors)
    {
        IList<IFunctionMetadata> metadata = [.. methods.Select(entry => FunctionMetadataFactory.Create(entry.Name, entry.Method))];
        foreach (var transformer in transformers)
        {
            transformer.Transform(metadata);
        }

        var byEntryPoint = methods.ToLookup(entry => FunctionMetadataFactory.EntryPoint(entry.Method));
        var functions = new List<FunctionDescriptor>();
        foreach (var function in metadata)
        {
            // Overloads share an entry point; their functions' names differ.
            var candidates = byEntryPoint[function.EntryPoint ?? ""];
            var method = candidates.Where(entry => entry.Name == function.Name).Concat(candidates).FirstOrDefault()?.Method;
            if (Describe(function, method, errors) is { } descriptor)
            {
                functions.Add(descriptor);
            }
        }

        return functions;
    }

    private static FunctionDescriptor? Describe(IFunctionMetadata function, MethodInfo? method, List<string> errors)
    {
        if (function.Name is null || method is null)
        {
            errors.Add($"Function '{function.Name}': there is no method '{function.EntryPoint}'. Check the app's IFunctionMetadataTransformer.");
            return null;
        }

        try
        {
            BindingDescriptor[] bindings = [.. (function.RawBindings ?? []).Select(BindingDescriptor.Parse)];
            var wrong = FunctionRules.CheckBindings(function.Name, method, bindings).ToArray();
            errors.AddRange(wrong);
            return wrong.Length == 0 ? new FunctionDescriptor(function, method, bindings) : null;
        }
        catch (JsonException malformed)
        {
            errors.Add($"Function '{function.Name}': its metadata is malformed: {malformed.Message}. Check the app's IFunctionMetadataTransformer.");
            return null;
        }
    }

    private void CheckSelection(string[] known)
    {
        var unknown = options.Functions.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (unknown.Length > 0)
        {
            throw new SelfHostException([.. unknown.Select(name => $"{options.FunctionsAreNamedBy}: there is no function '{name}'. The app has: {string.Join(", ", known)}.")])
            {
                IsWrongUsage = options.FunctionsAreNamedBy == HostCommand.FunctionsOption,
            };
        }
    }

    private bool IsSelected(FunctionDescriptor function) =>
        options.Functions.Count == 0 || options.Functions.Contains(function.Name, StringComparer.OrdinalIgnoreCase);

    private bool IsDisabled(string function) =>
        ((string[])[$"AzureWebJobs.{function}.Disabled", $"AzureWebJobs_{function}_Disabled", $"AzureWebJobs:{function}:Disabled"])
            .Select(name => configuration[name])
            .Any(value => value is "1" || string.Equals(value, bool.TrueString, StringComparison.OrdinalIgnoreCase));
}
