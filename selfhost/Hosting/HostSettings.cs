namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Names of the settings that the host itself reads.</summary>
internal static class HostSettings
{
    public const string LocalHttpPort = "Host:LocalHttpPort";

    public const string Cors = "Host:CORS";

    public const string CorsCredentials = "Host:CORSCredentials";

    public const string Address = "Host:Address";

    public const string FunctionKey = "FunctionKey";

    public const string MasterKey = "MasterKey";

    public const string DataDirectory = "DataDirectory";

    public const string StateStorage = "StateStorage";

    public const string DemoEnabled = "Demo:Enabled";

    public const string DemoRate = "Demo:Rate";
}
