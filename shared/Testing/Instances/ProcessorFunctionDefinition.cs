using System.Collections.Immutable;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Instances;

/// <summary>A function as the host describes it.</summary>
internal sealed class ProcessorFunctionDefinition(string name, IReadOnlyList<KafkaOutputBinding> outputs) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters => [];

    public override string PathToAssembly => "";

    public override string EntryPoint => "";

    public override string Id => name;

    public override string Name => name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = outputs
        .Where(output => output.Binding != KafkaOutputBinding.Return)
        .ToImmutableDictionary(output => output.Binding, BindingMetadata (output) => new Output(output.Binding));

    private sealed class Output(string name) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => "kafka";

        public override BindingDirection Direction => BindingDirection.Out;
    }
}
