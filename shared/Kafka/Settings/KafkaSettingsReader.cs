using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Kafka;

/// <summary>Reads <see cref="KafkaConnection"/> from settings and collects every error on the way.</summary>
internal sealed class KafkaSettingsReader(IConfiguration configuration)
{
    private static readonly (string Name, SecurityProtocol Value)[] Protocols =
    [
        ("PLAINTEXT", SecurityProtocol.Plaintext),
        ("SSL", SecurityProtocol.Ssl),
        ("SASL_PLAINTEXT", SecurityProtocol.SaslPlaintext),
        ("SASL_SSL", SecurityProtocol.SaslSsl),
    ];

    private static readonly (string Name, SaslMechanism Value)[] Mechanisms =
    [
        ("PLAIN", SaslMechanism.Plain),
        ("SCRAM-SHA-256", SaslMechanism.ScramSha256),
        ("SCRAM-SHA-512", SaslMechanism.ScramSha512),
        ("OAUTHBEARER", SaslMechanism.OAuthBearer),
    ];

    private readonly List<string> _errors = [];

    public KafkaConnection Read()
    {
        var connection = new KafkaConnection(BrokerList())
        {
            Username = Value(KafkaSettingNames.Username),
            // A blank may belong to a password: it alone is taken as it is.
            Password = configuration[KafkaSettingNames.Password] is { Length: > 0 } password ? password : null,
            CaFile = CaFile(),
        };
        var mechanism = OneOf(KafkaSettingNames.SaslMechanism, Mechanisms);
        var protocol = OneOf(KafkaSettingNames.SecurityProtocol, Protocols);
        connection = WithDefaults(connection, protocol, mechanism);
        if (_errors.Count == 0)
        {
            CheckTogether(connection);
        }

        return _errors.Count == 0 ? connection : throw new KafkaSettingsException(_errors);
    }

    /// <summary>What is left out follows from what is there: a user name means SASL, SASL means TLS, and hosted Kafka
    /// (Confluent Cloud, Event Hubs) takes PLAIN. Nothing but brokers is a plain local cluster.</summary>
    private static KafkaConnection WithDefaults(KafkaConnection connection, SecurityProtocol? protocol, SaslMechanism? mechanism)
    {
        if (mechanism is null && connection.Username is not null && (protocol is null || IsSasl(protocol.Value)))
        {
            mechanism = SaslMechanism.Plain;
        }

        return connection with
        {
            SaslMechanism = mechanism,
            SecurityProtocol = protocol ?? (mechanism is not null ? SecurityProtocol.SaslSsl
                : connection.CaFile is not null ? SecurityProtocol.Ssl
                : SecurityProtocol.Plaintext),
        };
    }

    private static bool IsSasl(SecurityProtocol protocol) =>
        protocol is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl;

    private void CheckTogether(KafkaConnection connection)
    {
        var protocol = Array.Find(Protocols, p => p.Value == connection.SecurityProtocol).Name;
        if (!IsSasl(connection.SecurityProtocol))
        {
            if (connection.SaslMechanism is not null || connection.Username is not null || connection.Password is not null)
            {
                _errors.Add($"{KafkaSettingNames.SecurityProtocol} '{protocol}' sends no credentials, but {KafkaSettingNames.Username}, "
                    + $"{KafkaSettingNames.Password} or {KafkaSettingNames.SaslMechanism} is set. Use SASL_SSL (or SASL_PLAINTEXT), or remove them.");
            }
        }
        else if (connection.SaslMechanism is null)
        {
            _errors.Add($"{KafkaSettingNames.SecurityProtocol} '{protocol}' needs credentials. Set {KafkaSettingNames.Username} and "
                + $"{KafkaSettingNames.Password}, or {KafkaSettingNames.SaslMechanism} to OAUTHBEARER for a managed identity.");
        }
        else
        {
            CheckCredentials(connection);
        }

        if (connection.CaFile is not null && connection.SecurityProtocol is SecurityProtocol.Plaintext or SecurityProtocol.SaslPlaintext)
        {
            _errors.Add($"{KafkaSettingNames.CaFile} '{connection.CaFile}' has no effect with {KafkaSettingNames.SecurityProtocol} "
                + $"'{protocol}'. Use SSL or SASL_SSL, or remove it.");
        }
    }

    private void CheckCredentials(KafkaConnection connection)
    {
        if (connection.SaslMechanism == SaslMechanism.OAuthBearer)
        {
            if (connection.Password is not null)
            {
                _errors.Add($"{KafkaSettingNames.Password} is not used with OAUTHBEARER: the token comes from the managed identity whose "
                    + $"client id {KafkaSettingNames.Username} names (or the system's), or from AZURE_CLIENT_ID, AZURE_TENANT_ID and "
                    + "AZURE_CLIENT_SECRET. Remove it.");
            }

            return;
        }

        if (connection.Username is null)
        {
            _errors.Add($"{KafkaSettingNames.Username} is missing: {KafkaSettingNames.SaslMechanism} needs it. For Event Hubs it is $ConnectionString.");
        }

        if (connection.Password is null)
        {
            _errors.Add($"{KafkaSettingNames.Password} is missing: {KafkaSettingNames.SaslMechanism} needs it.");
        }
    }

    private string BrokerList()
    {
        var text = Value(KafkaSettingNames.BrokerList)!;
        foreach (var broker in text.Split(','))
        {
            if (!IsBroker(broker.Trim()))
            {
                _errors.Add($"{KafkaSettingNames.BrokerList} '{text}' is no list of brokers: '{broker}' is not host:port. "
                    + "Write host1:9092,host2:9092, or leave it empty (or 'embedded') for the embedded log.");
                break;
            }
        }

        return text;
    }

    /// <summary>host, host:port or [ipv6]:port; no scheme, path or blanks.</summary>
    private static bool IsBroker(string broker) =>
        Uri.TryCreate($"kafka://{broker}", UriKind.Absolute, out var uri)
            && uri.Host.Length > 0
            && uri.PathAndQuery is "/"
            && uri is { UserInfo: "", Fragment: "", Port: not 0 }
            && !broker.EndsWith('/')
            && !broker.EndsWith(':')
            && !broker.Contains(' ', StringComparison.Ordinal);

    private string? CaFile()
    {
        var file = Value(KafkaSettingNames.CaFile);
        if (file is not null && !File.Exists(file))
        {
            _errors.Add($"{KafkaSettingNames.CaFile} '{file}' does not exist (looked in {Directory.GetCurrentDirectory()}). "
                + "Give a PEM file, or remove the setting to use the system's certificate authorities.");
        }

        return file;
    }

    private T? OneOf<T>(string setting, (string Name, T Value)[] allowed)
        where T : struct
    {
        if (Value(setting) is not { } text)
        {
            return null;
        }

        foreach (var (name, value) in allowed)
        {
            if (Letters(name).Equals(Letters(text), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        _errors.Add($"{setting} '{text}' is not known. Use one of: {string.Join(", ", allowed.Select(a => a.Name))}.");
        return null;
    }

    /// <summary>SASL_SSL, SaslSsl and sasl-ssl are one.</summary>
    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    private string? Value(string setting) => configuration[setting]?.Trim() is { Length: > 0 } text ? text : null;
}
