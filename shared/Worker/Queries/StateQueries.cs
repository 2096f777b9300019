using System.Globalization;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Windows;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Queries;

/// <summary>Answers HTTP queries of the stores that the app's functions keep. Safe for concurrent use.</summary>
public sealed partial class StateQueries
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    private readonly StateReader _reader;
    private readonly IStoreCatalog _catalog;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates the queries.</summary>
    /// <param name="reader">Reads the stores.</param>
    /// <param name="catalog">The stores that may be read.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told of stores that cannot be read.</param>
    public StateQueries(StateReader reader, IStoreCatalog catalog, IOptions<StateQueryOptions> options, TimeProvider time, ILogger<StateQueries> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _reader = reader;
        _catalog = catalog;
        _timeout = options.Value.Timeout;
        _time = time;
        _logger = logger;
    }

    /// <summary>Answers <c>GET state/{store}/{key}</c> with the key's entry, or those of its windows, and <c>GET state/{store}</c> with a page of a listing, or with
    /// the entry of <c>?key=</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="store">The store that its path names.</param>
    /// <param name="key">The rest of its path; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<IActionResult> AnswerAsync(HttpRequest request, string store, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await AnswerAsync(request, Find(store), key, stop.Token).ConfigureAwait(false);
        }
        catch (StateQueryException refused)
        {
            return StateAnswers.Refusal(refused.Status, refused.Message, refused.Code);
        }
        catch (StateUnavailableException unavailable)
        {
            LogUnreadable(unavailable, store);
            return StateAnswers.Refusal(StatusCodes.Status503ServiceUnavailable, unavailable.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return StateAnswers.Refusal(
                StatusCodes.Status503ServiceUnavailable,
                string.Create(CultureInfo.InvariantCulture, $"Store '{store}' has not answered within {_timeout.TotalSeconds:0.#} s ({StateQueryOptions.SectionName}__{nameof(StateQueryOptions.Timeout)})."));
        }
        catch (Exception failure) when (failure is StateAccessException or StateCorruptException)
        {
            LogUnreadable(failure, store);
            return StateAnswers.Refusal(StatusCodes.Status500InternalServerError, failure.Message);
        }
    }

    private async Task<IActionResult> AnswerAsync(HttpRequest request, StoreDefinition store, string? key, CancellationToken cancellationToken)
    {
        var codec = KeyCodec.Of(request.Query, store.KeyFormat);
        if (KeyOf(request, codec, key) is not { } wanted)
        {
            var page = await _reader.ListAsync(store.Name, RequestOf(request.Query, codec, store), cancellationToken).ConfigureAwait(false);
            return StateAnswers.Page(store, page, codec.IsBase64);
        }

        if (store.IsWindowed)
        {
            return await WindowsAsync(request.Query, store, wanted, codec, cancellationToken).ConfigureAwait(false);
        }

        if (request.Query.ContainsKey(WindowQuery.Window))
        {
            throw new StateQueryException(StatusCodes.Status400BadRequest, $"The values of store '{store.Name}' are not by window. Leave {WindowQuery.Window} out.");
        }

        return await _reader.GetAsync(store.Name, wanted, cancellationToken).ConfigureAwait(false) is { } entry
            ? StateAnswers.Entry(store, entry, codec.IsBase64)
            : NoSuchKey(store);
    }

    /// <summary>One window of a key, or a page of them.</summary>
    private async Task<IActionResult> WindowsAsync(IQueryCollection query, StoreDefinition store, byte[] key, KeyCodec codec, CancellationToken cancellationToken)
    {
        var start = WindowQuery.StartOf(query);
        var request = start is { } only ? WindowRequest.At(only) : WindowQuery.RequestOf(query, key, MaxLimit, LimitOf);
        if (await _reader.GetWindowsAsync(store.Name, key, request, cancellationToken).ConfigureAwait(false) is not { } page)
        {
            return NoSuchKey(store);
        }

        return start is null ? StateAnswers.Windows(store, key, page, codec.IsBase64)
            : page.Entries is [var entry, ..] ? StateAnswers.Entry(store, entry, codec.IsBase64)
            : StateAnswers.Refusal(StatusCodes.Status404NotFound, $"The key has no window in store '{store.Name}' that begins at {WindowTimeText.Write(start.Value)}.", StateQueryException.KeyNotFound);
    }

    private static IActionResult NoSuchKey(StoreDefinition store) =>
        StateAnswers.Refusal(StatusCodes.Status404NotFound, $"Store '{store.Name}' has no such key.", StateQueryException.KeyNotFound);

    /// <exception cref="StateQueryException">There is no such store.</exception>
    private StoreDefinition Find(string store)
    {
        var stores = _catalog.Stores;
        if (stores.FirstOrDefault(declared => declared.Definition.Name == store) is { } found)
        {
            return found.Definition;
        }

        var known = stores.Count == 0
            ? "No function of this app keeps state."
            : $"The stores of this app are {string.Join(", ", stores.Select(declared => declared.Definition.Name))}.";
        throw new StateQueryException(StatusCodes.Status404NotFound, $"There is no store '{store}'. {known}") { Code = StateQueryException.StoreNotFound };
    }

    private static byte[]? KeyOf(HttpRequest request, KeyCodec codec, string? key)
    {
        if (KeyPath.RawKeyOf(request, key) is { } raw)
        {
            return codec.ReadPath(raw);
        }

        return request.Query.TryGetValue("key", out var written) ? codec.Read(written.ToString(), "key") : null;
    }

    private static StateRequest RequestOf(IQueryCollection query, KeyCodec codec, StoreDefinition store)
    {
        var prefix = query["prefix"].ToString();
        if (prefix.Length > 0 && !codec.IsBase64 && store.KeyFormat is PayloadFormat.Int32 or PayloadFormat.Int64)
        {
            throw new StateQueryException(StatusCodes.Status400BadRequest, $"The keys of store '{store.Name}' are numbers, which have no prefix. Use from and to.");
        }

        var continuation = query["continuation"].ToString();
        var next = continuation.Length > 0 ? KeyCodec.ReadContinuation(continuation) : ((byte[] Key, long? Window)?)null;
        return new StateRequest
        {
            Prefix = prefix.Length == 0 ? [] : codec.Read(prefix, "prefix"),
            From = next?.Key ?? (query.TryGetValue("from", out var from) ? codec.Read(from.ToString(), "from") : null),
            FromWindow = next?.Window,
            Before = query.TryGetValue("to", out var to) ? [.. codec.Read(to.ToString(), "to"), 0] : null,
            Limit = LimitOf(query["limit"].ToString(), DefaultLimit),
        };
    }

    private static int LimitOf(string text, int byDefault) => text.Length == 0 ? byDefault
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit
        : throw new StateQueryException(StatusCodes.Status400BadRequest, $"limit is '{text}'. Use 1 to {MaxLimit}.");

    [LoggerMessage(EventId = 5502, Level = LogLevel.Warning, Message = "Store '{Store}' could not be read for a query")]
    private partial void LogUnreadable(Exception failure, string store);
}
