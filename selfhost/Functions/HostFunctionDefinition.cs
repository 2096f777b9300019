using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>What a function sees of itself.</summary>
internal sealed class HostFunctionDefinition(FunctionDescriptor function) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
    [
        .. function.Method.GetParameters().Select(parameter =>
            new FunctionParameter(parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue, parameter.HasDefaultValue ? parameter.DefaultValue : null)),
    ];

    public override string PathToAssembly { get; } = function.Method.Module.Assembly.Location;

    public override string EntryPoint { get; } = function.Metadata.EntryPoint!;

    public override string Id { get; } = function.Metadata.FunctionId!;

    public override string Name { get; } = function.Metadata.Name!;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = ByName(function, BindingDirection.In);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = ByName(function, BindingDirection.Out);

    private static ImmutableDictionary<string, BindingMetadata> ByName(FunctionDescriptor function, BindingDirection direction) =>
        function.Bindings.Where(binding => binding.Direction == direction)
            .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => binding);
}
