namespace KafkaFunctions.SelfHost.Triggers;

/// <summary>Starts a function's invocations.</summary>
internal interface ITriggerListener
{
    /// <summary>What it listens to, for messages.</summary>
    string Description { get; }

    /// <summary>Whether it has what it listens to; a Kafka trigger: its partitions.</summary>
    bool IsReady => true;

    /// <summary>Makes ready what <see cref="StartAsync"/> needs, in the background, while the host starts; called once before it.</summary>
    void Prepare()
    {
    }

    /// <summary>Starts listening. Invocations go on after it returns.</summary>
    /// <exception cref="Streams.KafkaFunctionsException">It cannot start: the host says why and ends.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops listening and waits until running invocations have ended. Also called where it was prepared and not started.</summary>
    /// <param name="cancellationToken">The time for that is up: cancels the invocations and leaves the rest undone. What is
    /// undone is not lost; it is delivered again at the next start.</param>
    Task StopAsync(CancellationToken cancellationToken);
}
