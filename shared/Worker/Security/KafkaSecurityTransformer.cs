using System.Text.Json.Nodes;
using KafkaFunctions.Kafka;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Worker.Security;

/// <summary>
/// Gives every Kafka binding that says nothing of its own the protocol and credentials of the settings. In the attributes these
/// are compile-time constants; here the same app runs on a plain local broker and on a secured one. The Functions host takes the
/// bindings as the worker reports them, so that its trigger and its scaler use them, too.
/// </summary>
/// <param name="configuration">The settings. Credentials are passed on as references (%name%), never as values.</param>
internal sealed class KafkaSecurityTransformer(IConfiguration configuration) : IFunctionMetadataTransformer
{
    private static readonly string[] SecurityProperties = ["protocol", "authenticationMode"];

    public string Name => nameof(KafkaSecurityTransformer);

    public void Transform(IList<IFunctionMetadata> original)
    {
        ArgumentNullException.ThrowIfNull(original);
        var security = BindingProperties();
        if (security.Count == 0)
        {
            return;
        }

        foreach (var bindings in original.Select(function => function.RawBindings).OfType<IList<string>>())
        {
            for (var i = 0; i < bindings.Count; i++)
            {
                bindings[i] = Secured(bindings[i], security);
            }
        }
    }

    private static string Secured(string text, Dictionary<string, string> security)
    {
        if (JsonNode.Parse(text) is not JsonObject binding
            || binding["type"]?.GetValue<string>() is not ("kafkaTrigger" or "kafka")
            || Array.Exists(SecurityProperties, binding.ContainsKey))
        {
            return text;
        }

        foreach (var (name, value) in security)
        {
            binding.TryAdd(name, value);
        }

        return binding.ToJsonString();
    }

    private Dictionary<string, string> BindingProperties()
    {
        var properties = new Dictionary<string, string>();
        if (KafkaConnection.FromConfiguration(configuration) is not { } connection || connection.IsPlaintext)
        {
            return properties;
        }

        Add("protocol", connection.ProtocolName);
        Add("authenticationMode", connection.MechanismName);
        Add("username", Reference(KafkaSettingNames.Username));
        Add("password", Reference(KafkaSettingNames.Password));
        Add("sslCaLocation", Reference(KafkaSettingNames.CaFile));
        return properties;

        string? Reference(string setting) => string.IsNullOrEmpty(configuration[setting]) ? null : $"%{setting}%";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                properties.Add(name, value);
            }
        }
    }
}
