using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KafkaFunctions.Client;

/// <summary>Asks an app for the state that its functions keep. Safe for concurrent use.</summary>
/// <remarks>Every query raises <see cref="StateClientException"/> where the app does not answer or refuses. Nothing is tried again by
/// itself.</remarks>
public sealed class StateClient
{
    private const string KeyHeader = "x-functions-key";
    private const string Reflection = "Types without a JsonTypeInfo are read by reflection. Use the overload with one.";

    private static readonly JsonSerializerOptions Web = JsonSerializerOptions.Web;

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string? _functionKey;

    /// <summary>Creates the client.</summary>
    /// <param name="http">Sends the requests; stays the caller's, with its time-out.</param>
    /// <param name="address">Where the app's HTTP functions are, such as <c>http://localhost:7071/api/</c>.</param>
    /// <param name="functionKey">The app's <c>FunctionKey</c>; null where none is asked for.</param>
    public StateClient(HttpClient http, Uri address, string? functionKey = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(address);
        _http = http;
        _address = StateUris.BaseOf(address);
        _functionKey = functionKey;
    }

    /// <summary>The value of a key.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key: text, or a decimal where keys are numbers.</param>
    /// <param name="typeInfo">How the value is read. Stores of bytes give base64, which is read as <c>byte[]</c>.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null where the store has no such key.</returns>
    /// <exception cref="StateClientException">The app does not answer or refuses, or the value is no <typeparamref name="T"/>.</exception>
    public Task<StateValue<T>?> GetAsync<T>(string store, string key, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return GetAsync(store, key, isBase64: false, typeInfo, cancellationToken);
    }

    /// <summary>The value of a key that is not text.</summary>
    /// <inheritdoc cref="GetAsync{T}(string, string, JsonTypeInfo{T}, CancellationToken)"/>
    public Task<StateValue<T>?> GetAsync<T>(string store, ReadOnlyMemory<byte> key, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken = default) =>
        GetAsync(store, Convert.ToBase64String(key.Span), isBase64: true, typeInfo, cancellationToken);

    /// <summary>The value of a key, read with the defaults of the web: camel case.</summary>
    /// <inheritdoc cref="GetAsync{T}(string, string, JsonTypeInfo{T}, CancellationToken)"/>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public Task<StateValue<T>?> GetAsync<T>(string store, string key, CancellationToken cancellationToken = default) =>
        GetAsync(store, key, TypeInfoOf<T>(), cancellationToken);

    /// <summary>The value of one window of a key.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key: text, or a decimal where keys are numbers.</param>
    /// <param name="start">When the window begins, to the millisecond.</param>
    /// <param name="typeInfo">How the value is read.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null where the store has no such key, or the key no such window.</returns>
    /// <exception cref="StateClientException">The app does not answer or refuses, or the value is no <typeparamref name="T"/>.</exception>
    public Task<StateValue<T>?> GetWindowAsync<T>(
        string store, string key, DateTimeOffset start, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return FindAsync(StateUris.OfWindow(store, key, start), ClientJson.Default.StateAnswer, answer => Read(answer, typeInfo), cancellationToken);
    }

    /// <summary>The values of a key's windows, the newest last; asked for page by page as they are read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key: text, or a decimal where keys are numbers.</param>
    /// <param name="from">The lowest start of a window; null from the first.</param>
    /// <param name="to">The highest start of a window, itself included; null to the last.</param>
    /// <param name="typeInfo">How values are read.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Nothing where the store has no such key.</returns>
    /// <exception cref="StateClientException">The app does not answer or refuses, or a value is no <typeparamref name="T"/>.</exception>
    public async IAsyncEnumerable<StateValue<T>> GetWindowsAsync<T>(
        string store,
        string key,
        DateTimeOffset? from,
        DateTimeOffset? to,
        JsonTypeInfo<T> typeInfo,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(typeInfo);
        string? continuation = null;
        do
        {
            var uri = StateUris.OfWindows(store, key, from, to, continuation);
            var page = await FindAsync(uri, ClientJson.Default.WindowsAnswer, answer => answer, cancellationToken).ConfigureAwait(false);
            if (page is { Windows: null })
            {
                throw new StateClientException($"The value of key '{key}' is not by window: ask with {nameof(GetAsync)}.");
            }

            foreach (var entry in page?.Windows ?? [])
            {
                yield return Read(new StateAnswer(page!.Key, entry.Value, entry.Version, entry.Timestamp, page.KeyEncoding, entry.Window), typeInfo);
            }

            continuation = page?.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Keys with their values, in the order of the keys, one for each window where the store has them; asked for page by page as they are read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keys">Which keys; null for all.</param>
    /// <param name="typeInfo">How values are read.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StateClientException">The app does not answer or refuses, or a value is no <typeparamref name="T"/>.</exception>
    public async IAsyncEnumerable<StateValue<T>> ListAsync<T>(
        string store, StateKeys? keys, JsonTypeInfo<T> typeInfo, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(typeInfo);
        string? continuation = null;
        do
        {
            var uri = StateUris.OfPage(store, keys ?? StateKeys.All, continuation);
            var page = await AskAsync(uri, ClientJson.Default.StateAnswerPage, cancellationToken).ConfigureAwait(false);
            foreach (var answer in page.Entries)
            {
                yield return Read(answer, typeInfo);
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Keys with their values, read with the defaults of the web: camel case.</summary>
    /// <inheritdoc cref="ListAsync{T}(string, StateKeys, JsonTypeInfo{T}, CancellationToken)"/>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public IAsyncEnumerable<StateValue<T>> ListAsync<T>(string store, StateKeys? keys = null, CancellationToken cancellationToken = default) =>
        ListAsync(store, keys, TypeInfoOf<T>(), cancellationToken);

    private async Task<StateValue<T>?> GetAsync<T>(string store, string key, bool isBase64, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return await FindAsync(StateUris.OfKey(store, key, isBase64), ClientJson.Default.StateAnswer, answer => Read(answer, typeInfo), cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Null where there is no such key.</returns>
    private async Task<TResult?> FindAsync<TAnswer, TResult>(
        string uri, JsonTypeInfo<TAnswer> typeInfo, Func<TAnswer, TResult> read, CancellationToken cancellationToken)
        where TResult : class
    {
        using var response = await SendAsync(uri, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound
            && ReadProblem(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)) is { Code: StateProblem.KeyNotFound })
        {
            return null;
        }

        return read(await ReadAsync(response, typeInfo, cancellationToken).ConfigureAwait(false));
    }

    private async Task<TAnswer> AskAsync<TAnswer>(string uri, JsonTypeInfo<TAnswer> typeInfo, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(uri, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, typeInfo, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(string uri, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, uri));
        if (_functionKey is not null)
        {
            request.Headers.Add(KeyHeader, _functionKey);
        }

        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failed)
        {
            throw new StateClientException($"The app at {_address} cannot be reached: {failed.Message}", innerException: failed);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StateClientException($"The app at {_address} has not answered within {_http.Timeout.TotalSeconds:0.#} s (the HttpClient's Timeout).", innerException: late);
        }
    }

    private async Task<TAnswer> ReadAsync<TAnswer>(HttpResponseMessage response, JsonTypeInfo<TAnswer> typeInfo, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw Refused(response, body);
        }

        try
        {
            return JsonSerializer.Deserialize(body, typeInfo) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException wrong)
        {
            throw new StateClientException($"What answers at {_address} is no app of this kind: {wrong.Message} Check the address; it ends in the route prefix, such as /api/.", response.StatusCode, innerException: wrong);
        }
    }

    private StateClientException Refused(HttpResponseMessage response, byte[] body)
    {
        var detail = ReadProblem(body)?.Detail ?? response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "The function key is missing or wrong.",
            HttpStatusCode.NotFound => $"There is no QueryState at {_address}. Check the address; it ends in the route prefix, such as /api/.",
            _ => response.ReasonPhrase ?? "No reason was given.",
        };
        return new StateClientException($"{(int)response.StatusCode}: {detail}", response.StatusCode, response.Headers.RetryAfter?.Delta);
    }

    private static StateProblem? ReadProblem(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.StateProblem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StateValue<T> Read<T>(StateAnswer answer, JsonTypeInfo<T> typeInfo)
    {
        if (answer.Value.ValueKind == JsonValueKind.Undefined)
        {
            throw new StateClientException($"The values of key '{answer.Key}' are by window: ask with {nameof(GetWindowAsync)} or {nameof(GetWindowsAsync)}.");
        }

        try
        {
            return new StateValue<T>(
                answer.Key,
                answer.Value.Deserialize(typeInfo)!,
                answer.Version,
                answer.Timestamp is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null)
            {
                IsKeyBase64 = answer.KeyEncoding is not null,
                Window = answer.Window?.ToWindow(),
            };
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentOutOfRangeException or FormatException)
        {
            throw new StateClientException($"The value of key '{answer.Key}' cannot be read as {typeof(T).Name}: {wrong.Message}", innerException: wrong);
        }
    }

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private static JsonTypeInfo<T> TypeInfoOf<T>() => (JsonTypeInfo<T>)Web.GetTypeInfo(typeof(T));
}
