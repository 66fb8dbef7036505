using System.Globalization;
using System.Text;
using QRCoder;

namespace Orleans.Story.Gateway.Api;

/// <summary>QR codes, dark on light with the quiet zone a phone's camera needs.</summary>
internal static class QrCode
{
    /// <summary>As a scalable picture for the wall.</summary>
    public static string Svg(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(8, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    /// <summary>As rows of an SVG path on a square of so many units, without a quiet zone.</summary>
    public static (string Path, int Size) Path(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The library's matrix has its own quiet zone of four modules all around.
        const int Quiet = 4;
        var size = data.ModuleMatrix.Count - (2 * Quiet);
        var path = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            var row = data.ModuleMatrix[y + Quiet];
            for (var x = 0; x < size; x++)
            {
                var from = x;
                while (x < size && row[x + Quiet]) x++;
                if (x > from) path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }

        return (path.ToString(), size);
    }

    /// <summary>As half-block characters for a terminal with light text on a dark ground, which is what most are.</summary>
    public static string Terminal(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        return code.GetGraphicSmall(drawQuietZones: true, invert: false);
    }
}
