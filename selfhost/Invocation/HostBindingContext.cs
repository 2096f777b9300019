using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>The trigger's data by name: query and route values of a request. Made when first asked for.</summary>
internal sealed class HostBindingContext(HttpContext? http) : BindingContext
{
    private Dictionary<string, object?>? _data;

    public override IReadOnlyDictionary<string, object?> BindingData => _data ??= Read();

    private Dictionary<string, object?> Read()
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (http is null)
        {
            return data;
        }

        foreach (var (name, value) in http.Request.Query)
        {
            data[name] = value.ToString();
        }

        // The route says which resource is meant: a query cannot take its place.
        foreach (var (name, value) in http.Request.RouteValues)
        {
            data[name] = value?.ToString();
        }

        return data;
    }
}
