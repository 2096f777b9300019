using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Outputs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Tests.Outputs;

public sealed class OutputPreparationTests
{
    private static readonly FunctionCatalog Functions = new(
    [
        new FunctionEntry("Split", null, [new KafkaOutputBinding(KafkaOutputBinding.Return, "broker", "words"), new KafkaOutputBinding("Lines", "broker", "lines")]),
        new FunctionEntry("Copy", null, [new KafkaOutputBinding(KafkaOutputBinding.Return, "broker", "words")]),
    ]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartingAsync_FunctionsWithOutputs_PreparesEachTopicOnceAndDoesNotWait()
    {
        var publisher = new FakePublisher();
        using var preparation = Create(publisher, OutputDelivery.Acknowledged);

        await preparation.StartingAsync(Cancellation);

        Assert.Equal(["words", "lines"], await publisher.Prepared.Task.WaitAsync(Cancellation));
        await preparation.StoppingAsync(Cancellation);
    }

    [Fact]
    public async Task StartingAsync_PublisherFails_IsLeftToWhoeverPublishes()
    {
        var publisher = new FakePublisher { PrepareFault = new TopicNotFoundException("words") };
        using var preparation = Create(publisher, OutputDelivery.Acknowledged);

        await preparation.StartingAsync(Cancellation);

        await publisher.Prepared.Task.WaitAsync(Cancellation);
        await preparation.StoppingAsync(Cancellation);
    }

    [Fact]
    public async Task StartingAsync_BindingPublishes_PreparesNothing()
    {
        var publisher = new FakePublisher();
        using var preparation = Create(publisher, OutputDelivery.Binding);

        await preparation.StartingAsync(Cancellation);
        await preparation.StoppingAsync(Cancellation);

        Assert.False(publisher.Prepared.Task.IsCompleted);
    }

    private static OutputPreparation Create(FakePublisher publisher, OutputDelivery delivery) =>
        new(Functions, publisher, Options.Create(new OutputOptions { OutputDelivery = delivery }), new ServiceCollection().BuildServiceProvider());
}
