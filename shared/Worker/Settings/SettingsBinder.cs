using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Settings;

/// <summary>Fills options from a section of the settings. Unlike the framework's binder it says which setting is wrong and what is
/// allowed, of all settings at once. An empty value is one that is not set.</summary>
internal static class SettingsBinder
{
    /// <exception cref="OptionsValidationException">Values cannot be used; all of them are named.</exception>
    public static void Bind<TOptions>(IConfigurationSection section, TOptions options)
        where TOptions : class
    {
        var errors = new List<string>();
        foreach (var property in typeof(TOptions).GetProperties().Where(property => property.CanWrite))
        {
            if (section[property.Name] is not { Length: > 0 } text)
            {
                continue;
            }

            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var range = property.GetCustomAttribute<RangeAttribute>();
            if (TryParse(type, text.Trim(), out var value) && range?.IsValid(value) != false)
            {
                property.SetValue(options, value);
            }
            else
            {
                errors.Add($"{section.Path.Replace(":", "__", StringComparison.Ordinal)}__{property.Name} is '{text}'. Use {Allowed(type, range)}.");
            }
        }

        if (errors.Count > 0)
        {
            throw new OptionsValidationException(typeof(TOptions).Name, typeof(TOptions), errors);
        }
    }

    private static bool TryParse(Type type, string text, out object? value)
    {
        value = null;
        if (type.IsEnum)
        {
            // By name only: the numbers mean nothing to whoever writes settings.
            var name = Array.Find(Enum.GetNames(type), name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = name is null ? null : Enum.Parse(type, name);
            return name is not null;
        }

        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Allowed(Type type, RangeAttribute? range)
    {
        if (range is not null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}");
        }

        return type.IsEnum ? Listed(Enum.GetNames(type))
            : type == typeof(bool) ? "true or false"
            : type == typeof(TimeSpan) ? "a time such as 00:00:30"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : "a number";
    }

    private static string Listed(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
