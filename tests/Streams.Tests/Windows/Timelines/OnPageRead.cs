using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Tests.Windows.Timelines;

/// <summary>Does something right before pages are read for the first time.</summary>
internal sealed class OnPageRead(Func<Task> action) : IStateHook
{
    public bool IsReached { get; private set; }

    public async ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
    {
        if (!IsReached && operation.Kind == StateOperationKind.Read && operation.Keys.Any(key => key.Bytes[0] == RowKeys.Page))
        {
            IsReached = true;
            await action();
        }
    }

    public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
